import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where peers are kept: shared by all clones on a machine, because building them takes minutes. */
export const peersFolder =
  process.env.CHARTROOM_PEERS ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'chartroom', 'peers')
