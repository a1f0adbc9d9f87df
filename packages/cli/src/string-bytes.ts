/** Loaded when a text has escaped bytes in it, which only templates give. */
export { stringBytes } from '@chartroom/go'
