/** The media types of a chart in a registry. */
export const chartMediaTypes = {
  config: 'application/vnd.cncf.helm.config.v1+json',
  content: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip',
  provenance: 'application/vnd.cncf.helm.chart.provenance.v1.prov',
  /** The layer of charts pushed by Helm before 3.7. */
  legacyContent: 'application/tar+gzip',
} as const
