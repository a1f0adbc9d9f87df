import { ChartroomError } from '@chartroom/errors'

/** Refuses anything but an `oci://` address. */
export function ociArgument(text: string | undefined): string {
  if (text?.startsWith('oci://') === true && text.length > 'oci://'.length) return text
  throw new ChartroomError('USAGE', `${text ?? 'nothing'} is not an address of a registry`, {
    hint: 'Write oci://HOST/PATH.',
  })
}
