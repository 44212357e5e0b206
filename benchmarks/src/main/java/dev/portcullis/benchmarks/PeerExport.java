package dev.portcullis.benchmarks;

import dev.portcullis.benchmarks.Peer.Owner;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes policies and requests for the engines that run in processes of their own, each in its own language, with the decisions
 * expected: {@code benchmarks/peers/run.sh} calls this.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar dev.portcullis.benchmarks.PeerExport folder view...
 * </pre>
 */
public final class PeerExport {

    /** The longest String in Node, in characters. */
    private static final int LONGEST_IN_NODE = 536_870_888;

    private PeerExport() {}

    /**
     * Runs.
     *
     * @throws IOException if a file can't be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (int i = 1; i < arguments.length; i++) {
            PeerView view = PeerView.of(arguments[i]);
            cedar(folder, view);
            if (view.name().charAt(0) != 'b') {
                iamSimulate(folder, view);
            }
            cerbos(folder, view);
        }
    }

    private static String file(PeerView view, String peer) {
        return peer + "-" + view.name().replace(':', '-');
    }

    /** What a runner has to know: whose file it is, what is called, and what its answers mean. */
    private static String head(PeerView view, String peer, String... more) {
        List<String> head = new ArrayList<>(List.of(
                "peer", Json.text(peer),
                "view", Json.text(view.name().substring(0, 1)),
                "policies", String.valueOf(view.size()),
                "of", String.valueOf(PeerView.ASKS)));
        head.addAll(List.of(more));
        return Json.object(head.toArray(String[]::new));
    }

    private static void cedar(Path folder, PeerView all) throws IOException {
        PeerView view = all.said(CedarText::expresses);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(file(view, "cedar-wasm") + ".jsonl"))) {
            line(
                    out,
                    head(
                            view,
                            "cedar-wasm",
                            "module",
                            Json.text("@cedar-policy/cedar-wasm/nodejs"),
                            "function",
                            Json.text("statefulIsAuthorized"),
                            "answers",
                            """
                            [["ALLOW","response.decision","allow"],["IMPLICIT_DENY","response.diagnostics.reason.length",0],\
                            ["EXPLICIT_DENY","response.decision","deny"]]"""));
            List<List<Owner>> sets = view.together()
                    ? List.of(view.owners())
                    : view.owners().stream().map(List::of).toList();
            long longest = 0;
            for (List<Owner> set : sets) {
                longest = Math.max(longest, cedarLength(set));
            }
            if (longest > LONGEST_IN_NODE) {
                String why = String.format(
                        Locale.ROOT,
                        "its policies are one text of %,d characters, and a String in Node has at most %,d",
                        longest,
                        LONGEST_IN_NODE);
                line(out, Json.object("cannot", Json.text(why)));
                return;
            }
            for (int i = 0; i < sets.size(); i++) {
                line(
                        out,
                        Json.object(
                                "before",
                                Json.text("preparsePolicySet"),
                                "with",
                                "[\"s" + i + "\"," + Json.object("staticPolicies", Json.text(cedarText(sets.get(i))))
                                        + "]"));
            }
            for (int i = 0; i < view.asks().length; i++) {
                Ask ask = view.asks()[i];
                line(
                        out,
                        Json.object(
                                "expected",
                                Json.text(view.decisions()[i].name()),
                                "with",
                                "[" + cedarRequest(ask, view.together() ? 0 : ask.number()) + "]"));
            }
        }
    }

    private static long cedarLength(List<Owner> owners) {
        long length = 0;
        for (Owner owner : owners) {
            length += cedarText(List.of(owner)).length();
        }
        return length;
    }

    private static String cedarText(List<Owner> owners) {
        StringBuilder policies = new StringBuilder();
        for (Owner owner : owners) {
            for (Rule rule : owner.rules()) {
                policies.append(CedarText.policy(owner.principal(), rule)).append('\n');
            }
        }
        return policies.toString();
    }

    private static String cedarRequest(Ask ask, int set) {
        String action = ask.action().toLowerCase(Locale.ROOT);
        Map<String, String> context = new LinkedHashMap<>();
        context.put("action", Json.text(action));
        context.put("resource", Json.text(ask.resource()));
        for (int i = 0; i < ask.keys().length; i++) {
            String key = ask.keys()[i];
            String value = Json.text(ask.values()[i]);
            if (CedarText.isAddress(key)) {
                value = Json.object("__extn", Json.object("fn", "\"ip\"", "arg", value));
            } else if (CedarText.isBool(key)) {
                value = ask.values()[i];
            }
            context.put(key, value);
        }
        tagKeys(context, ask);
        return Json.object(
                "principal",
                entity("User", ask.principal()),
                "action",
                entity("Action", action),
                "resource",
                entity("Resource", ask.resource()),
                "context",
                object(context),
                "preparsedPolicySetId",
                "\"s" + set + "\"",
                "entities",
                "[]");
    }

    private static String entity(String type, String id) {
        return Json.object("type", Json.text(type), "id", Json.text(id));
    }

    private static Map<String, String> context(Ask ask) {
        Map<String, String> context = new LinkedHashMap<>();
        for (int i = 0; i < ask.keys().length; i++) {
            context.put(ask.keys()[i], Json.text(ask.values()[i]));
        }
        tagKeys(context, ask);
        return context;
    }

    private static void tagKeys(Map<String, String> context, Ask ask) {
        if (!ask.tagKeys().isEmpty()) {
            context.put(Ask.TAG_KEYS, Json.list(ask.tagKeys()));
        }
    }

    private static String object(Map<String, String> of) {
        List<String> each = new ArrayList<>();
        of.forEach((name, value) -> each.addAll(List.of(name, value)));
        return Json.object(each.toArray(String[]::new));
    }

    /** It is given a principal's policies with each request, and so has no view (b); it wants a key's policy for KMS. */
    private static void iamSimulate(Path folder, PeerView all) throws IOException {
        PeerView view = all.only(ask -> !ask.action().startsWith("kms:"));
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(file(view, "iam-simulate") + ".jsonl"))) {
            line(
                    out,
                    head(
                            view,
                            "iam-simulate",
                            "module",
                            Json.text("@cloud-copilot/iam-simulate"),
                            "function",
                            Json.text("runUnsafeSimulation"),
                            "answers",
                            """
                            [["ALLOW","","Allowed"],["EXPLICIT_DENY","","ExplicitlyDenied"],\
                            ["IMPLICIT_DENY","","ImplicitlyDenied"]]"""));
            List<String> policies = new ArrayList<>();
            for (Owner owner : view.owners()) {
                List<String> each = new ArrayList<>();
                for (List<Rule> policy : owner.policies()) {
                    each.add(Json.object("name", Json.text("p" + each.size()), "policy", Rule.document(policy)));
                }
                policies.add("[" + String.join(",", each) + "]");
            }
            line(out, Json.object("shared", "[" + String.join(",", policies) + "]"));
            for (int i = 0; i < view.asks().length; i++) {
                Ask ask = view.asks()[i];
                String account = ask.principal().split(":", -1)[4];
                String request = Json.object(
                        "principal",
                        Json.text(ask.principal()),
                        "action",
                        Json.text(ask.action()),
                        "resource",
                        Json.object("resource", Json.text(ask.resource()), "accountId", Json.text(account)),
                        "contextVariables",
                        object(context(ask)));
                String simulation = Json.object(
                        "request",
                        request,
                        "identityPolicies",
                        Json.object("$shared", String.valueOf(ask.number())),
                        "serviceControlPolicies",
                        "[]",
                        "resourceControlPolicies",
                        "[]");
                line(
                        out,
                        Json.object(
                                "expected", Json.text(view.decisions()[i].name()), "with", "[" + simulation + ",{}]"));
            }
        }
    }

    private static void cerbos(Path folder, PeerView view) throws IOException {
        Path policies = Files.createDirectories(folder.resolve(file(view, "cerbos")));
        for (Owner owner : view.owners()) {
            Files.writeString(policies.resolve(CerbosText.kind(owner.principal()) + ".json"), CerbosText.policy(owner));
        }
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(file(view, "cerbos") + ".jsonl"))) {
            line(out, head(view, "cerbos"));
            for (int i = 0; i < view.asks().length; i++) {
                Ask ask = view.asks()[i];
                String action = ask.action().toLowerCase(Locale.ROOT);
                String principal = Json.object("id", "\"caller\"", "roles", "[\"user\"]", "attr", object(context(ask)));
                String resource = Json.object(
                        "kind",
                        Json.text(CerbosText.kind(ask.principal())),
                        "id",
                        "\"resource\"",
                        "attr",
                        Json.object("arn", Json.text(ask.resource())));
                String body = Json.object(
                        "principal",
                        principal,
                        "resources",
                        "[" + Json.object("actions", Json.list(List.of(action)), "resource", resource) + "]");
                line(
                        out,
                        Json.object(
                                "expected",
                                Json.text(view.decisions()[i].name()),
                                "action",
                                Json.text(action),
                                "body",
                                body));
            }
        }
    }

    private static void line(BufferedWriter out, String line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
