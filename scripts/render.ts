// npm run render: makes anew what is made from the chart.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rendered, root } from '../sandbox/src/helm/rendered.ts';

for (const [path, text] of Object.entries(await rendered())) {
  await writeFile(join(root, path), text);
  console.log(path);
}
