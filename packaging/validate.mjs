// Checks manifests against Kubernetes' own schemas, as the package kubernetes-models has them. Usage: node validate.mjs FILE…
import fs from 'node:fs';
import { parseAllDocuments } from 'yaml';

let failed = 0;
let count = 0;
for (const file of process.argv.slice(2)) {
  for (const document of parseAllDocuments(fs.readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true })) {
    const manifest = document.toJS();
    const name = `${file}: ${manifest.kind} ${manifest.metadata.name}`;
    count++;
    try {
      if (document.errors.length > 0) throw document.errors[0];
      const { [manifest.kind]: Kind } = await import(`kubernetes-models/${manifest.apiVersion}/${manifest.kind}`);
      new Kind(manifest).validate();
    } catch (problem) {
      failed++;
      console.log(`FAIL ${name}: ${problem.message}`);
    }
  }
}
console.log(`${count - failed} of ${count} manifests are valid`);
process.exit(failed === 0 && count > 0 ? 0 : 1);
