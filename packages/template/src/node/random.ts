import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Random bytes from the system. `node:crypto` takes milliseconds to load, the device does not. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  if (!readDevice(bytes)) process.getBuiltinModule('node:crypto').randomFillSync(bytes)
  return bytes
}

/** False where there is no such device. */
function readDevice(bytes: Uint8Array): boolean {
  const device = openDevice()
  if (device === undefined) return false
  try {
    if (!fstatSync(device).isCharacterDevice()) return false
    let filled = 0
    while (filled < bytes.length) {
      const read = readSync(device, bytes, filled, bytes.length - filled, null)
      if (read === 0) return false
      filled += read
    }
    return true
  } finally {
    closeSync(device)
  }
}

function openDevice(): number | undefined {
  try {
    return openSync('/dev/urandom', 'r')
  } catch {
    return undefined // Windows, or a sandbox without devices: node:crypto has the system's other source.
  }
}
