import { answerOf } from '@chartroom/oci'
import type { Explanation } from '../provider.ts'
import { ecrHost } from './host.ts'

export const explanation: Explanation = {
  explain(error, { host, repository }, operation) {
    switch (error.code) {
      case 'REPOSITORY_NOT_FOUND':
        return {
          hint:
            operation === 'push'
              ? `ECR wants a repository for each chart: pass --create-repository, or: aws ${service(host)} create-repository --repository-name ${repository}${regionFlag(host)}`
              : `Check the path ${repository}, the account and the region in ${host}.`,
        }
      case 'ANONYMOUS_REFUSED':
        return {
          hint: `No AWS credentials were found here (environment, profile, SSO, container, instance): aws sts get-caller-identity shows what there is. Or pipe a password in: aws ${service(host)} get-login-password${regionFlag(host)} | chartroom login ${host} --username AWS --password-stdin`,
        }
      case 'UNAUTHENTICATED':
        return { hint: `A password of ECR ends after 12 hours. Log in again: chartroom login ${host}` }
      case 'FORBIDDEN':
        return {
          hint:
            operation === 'push'
              ? `The password may be older than 12 hours, or the AWS identity lacks the rights to push to ${repository}: ecr:InitiateLayerUpload, UploadLayerPart, CompleteLayerUpload, BatchCheckLayerAvailability, PutImage.`
              : `The password may be older than 12 hours, or the AWS identity lacks ecr:BatchGetImage and GetDownloadUrlForLayer on ${repository}.`,
        }
      case 'CONFLICT':
        return answerOf(error) === undefined
          ? undefined
          : { hint: `Tags of ${repository} are immutable: publish another version.` }
      default:
        return undefined
    }
  },
}

function regionFlag(host: string): string {
  const parts = ecrHost(host)
  return parts?.kind === 'private' ? ` --region ${parts.region}` : ' --region us-east-1'
}

function service(host: string): string {
  return ecrHost(host)?.kind === 'public' ? 'ecr-public' : 'ecr'
}
