import type { Provider } from '../provider.ts'
import { detection } from './detect.ts'
import { explanation } from './explain.ts'
import { login } from './login.ts'
import { preparation } from './prepare.ts'
import { retention } from './retention.ts'
import { visibility } from './visibility.ts'

export const harbor: Provider = {
  id: 'harbor',
  title: 'Harbor',
  detection,
  login,
  preparation,
  visibility,
  retention,
  explanation,
}
