export { sprigFunctions } from './functions.ts'
