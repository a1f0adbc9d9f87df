/**
 * The name that re2js has for a Unicode class of Go, where case, blanks, hyphens and underscores do not count. Go
 * 1.26 finds no script of two words that way, nor is one found here.
 */
export function unicodeClassName(name: string): string {
  const letters = name.replace(/[_ -]/g, '')
  const canonical =
    letters.slice(0, 1).replace(/[a-z]/, toUpper) + letters.slice(1).replace(/[A-Z]/g, toLower)
  if (canonical === 'Lc') return 'LC'
  return aliases.get(canonical) ?? canonical
}

const toUpper = (letter: string): string => letter.toUpperCase()
const toLower = (letter: string): string => letter.toLowerCase()

/** The long names of Unicode's general categories (PropertyValueAliases.txt). */
const categories: Readonly<Record<string, string>> = {
  LC: 'Casedletter',
  Pe: 'Closepunctuation',
  M: 'Combiningmark Mark',
  Pc: 'Connectorpunctuation',
  Cc: 'Control Cntrl',
  Sc: 'Currencysymbol',
  Pd: 'Dashpunctuation',
  Nd: 'Decimalnumber Digit',
  Me: 'Enclosingmark',
  Pf: 'Finalpunctuation',
  Cf: 'Format',
  Pi: 'Initialpunctuation',
  L: 'Letter',
  Nl: 'Letternumber',
  Zl: 'Lineseparator',
  Ll: 'Lowercaseletter',
  Sm: 'Mathsymbol',
  Lm: 'Modifierletter',
  Sk: 'Modifiersymbol',
  Mn: 'Nonspacingmark',
  N: 'Number',
  Ps: 'Openpunctuation',
  C: 'Other',
  Lo: 'Otherletter',
  No: 'Othernumber',
  Po: 'Otherpunctuation',
  So: 'Othersymbol',
  Zp: 'Paragraphseparator',
  Co: 'Privateuse',
  P: 'Punctuation Punct',
  Z: 'Separator',
  Zs: 'Spaceseparator',
  Mc: 'Spacingmark',
  Cs: 'Surrogate',
  S: 'Symbol',
  Lt: 'Titlecaseletter',
  Cn: 'Unassigned',
  Lu: 'Uppercaseletter',
}

const aliases = new Map(
  Object.entries(categories).flatMap(([short, long]) =>
    long.split(' ').map((name) => [name, short] as const),
  ),
)
