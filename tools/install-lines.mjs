// The lines that install a chart from a plain-HTTP registry and repository with each client.

/** What a person copies after quickstart; `registry` is `oci://HOST/PATH`, `repository` an http address. */
export function installLines({ name, version, registry, repository }) {
  return `Read it with chartroom:
  npx chartroom versions ${registry}/${name}
  npx chartroom pull ${registry}/${name} --version ${version}
  npx chartroom pull ${name} --repo ${repository} --version ${version}

Install it with helm (3.13 or newer for the first line; a registry without TLS needs --plain-http):
  helm upgrade --install ${name} ${registry}/${name} --version ${version} --plain-http --namespace ${name} --create-namespace
  helm upgrade --install ${name} ${name} --repo ${repository} --version ${version} --namespace ${name} --create-namespace

Install it with Argo CD (3.1 or newer; the address must be one the cluster reaches):
  argocd repo add ${registry}/${name} --type oci --name ${name} --insecure-oci-force-http
  argocd app create ${name} --repo ${registry}/${name} --path . --revision ${version} --dest-server https://kubernetes.default.svc --dest-namespace ${name} --sync-option CreateNamespace=true

Install it with Flux (the address must be one the cluster reaches):
  flux create source helm ${name} --url=${repository} --interval=10m
  flux create helmrelease ${name} --source=HelmRepository/${name} --chart=${name} --chart-version=${version} --target-namespace=${name} --create-target-namespace
`
}
