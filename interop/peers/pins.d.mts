export const pins: readonly { readonly name: string; readonly binary: string }[]
