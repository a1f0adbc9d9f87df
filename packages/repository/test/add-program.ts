import { addRepository } from '../src/node/index.ts'

// PATH PREFIX COUNT: adds the repositories PREFIX0, PREFIX1, ... one after the other.
const [, , path = '', prefix = '', count = '0'] = process.argv
for (let i = 0; i < Number(count); i++)
  await addRepository(path, { name: `${prefix}${i}`, url: `https://${prefix}.test/${i}` })
