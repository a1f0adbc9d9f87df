import { asChartroomError, ChartroomError } from '@chartroom/errors'
import { gzipSync } from 'fflate/browser'
import type { ChartPorts } from '../ports.ts'

/**
 * Packing by fflate, whose output depends on no zlib of the machine; `mem` is fixed because its default comes
 * from a logarithm. Unpacking by Node's zlib, which is faster. Node's modules are loaded when first called:
 * the shortest commands need neither.
 */
export const nodePorts: ChartPorts = {
  gzip(bytes) {
    const packed = gzipSync(bytes, { level: 6, mem: 8, mtime: 0 })
    // Which system packed it says nothing about a chart: 255 is "unknown", as Go writes it.
    packed[9] = 255
    return packed
  },

  gunzip(bytes, maxBytes) {
    try {
      const { gunzipSync } = process.getBuiltinModule('node:zlib')
      return new Uint8Array(gunzipSync(bytes, { maxOutputLength: maxBytes, chunkSize: chunkFor(bytes) }))
    } catch (error) {
      throw gunzipError(error, maxBytes)
    }
  },

  sha256(bytes) {
    const { createHash } = process.getBuiltinModule('node:crypto')
    return createHash('sha256').update(bytes).digest('hex')
  },
}

// A gzip ends with the size of what it holds: room for all of it at once, and no more than that is set aside.
function chunkFor(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = bytes.length < 18 ? 0 : view.getUint32(bytes.length - 4, true)
  return Math.min(Math.max(size + 1, 4096), 256 * 1024)
}

function gunzipError(error: unknown, maxBytes: number): ChartroomError {
  const system = error instanceof Error && 'code' in error ? error.code : undefined
  if (system === 'ERR_BUFFER_TOO_LARGE') {
    return new ChartroomError('LIMIT_EXCEEDED', `the chart archive unpacks to more than ${maxBytes} bytes`, {
      hint: 'Helm reads up to 100 MiB; an archive that unpacks to far more than its own size is refused.',
      cause: error,
    })
  }
  const message = system === 'Z_BUF_ERROR' ? 'unexpected EOF' : asChartroomError(error).message
  return new ChartroomError('ARCHIVE_INVALID', `the chart archive cannot be unpacked: ${message}`, {
    hint: 'The file is truncated or damaged: download or pack it again.',
    cause: error,
  })
}
