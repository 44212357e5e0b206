package dev.portcullis.sidecar.aws;

import dev.portcullis.Store;
import dev.portcullis.policy.Semantics;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.KeptReply;
import dev.portcullis.sidecar.http.Peer;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.options.AwsApiOptions;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The endpoint, asked without a network. */
final class Api {

    static final String ACCOUNT = "123456789012";
    static final String ALLOW_GET =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";

    private final List<Throwable> failures = new ArrayList<>();
    private final AwsEndpoint endpoint;

    Api() {
        this(Optional.empty(), options(AwsApiOptions.Reach.LOOPBACK));
    }

    Api(Store store) {
        this(Optional.of(store), options(AwsApiOptions.Reach.LOOPBACK));
    }

    Api(Optional<Store> store, AwsApiOptions options) {
        endpoint = new AwsEndpoint(() -> store, options, Semantics.defaults(), Runnable::run, 1 << 20, failures::add);
    }

    static AwsApiOptions options(AwsApiOptions.Reach reach) {
        return new AwsApiOptions(
                reach,
                Optional.of("arn:aws:iam::" + ACCOUNT + ":root"),
                Map.of("AKIAALICE", "arn:aws:iam::" + ACCOUNT + ":user/alice"));
    }

    /** A form for one of IAM's operations. */
    static Map<String, String> iam(String action) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", action);
        form.put("Version", "2010-05-08");
        return form;
    }

    /** A simulation of given policies, s3:GetObject on anything. */
    static Map<String, String> custom(String... policies) {
        Map<String, String> form = iam("SimulateCustomPolicy");
        list(form, "PolicyInputList", List.of(policies));
        list(form, "ActionNames", List.of("s3:GetObject"));
        return form;
    }

    /** A list as clients send it: an empty one by its bare name. */
    static void list(Map<String, String> form, String name, List<String> values) {
        form.keySet().removeIf(key -> key.startsWith(name + "."));
        if (values.isEmpty()) {
            form.put(name, "");
        }
        for (int i = 0; i < values.size(); i++) {
            form.put(name + ".member." + (i + 1), values.get(i));
        }
    }

    static void context(Map<String, String> form, int number, String key, String type, String... values) {
        String member = "ContextEntries.member." + number + ".";
        form.put(member + "ContextKeyName", key);
        list(form, member + "ContextKeyValues", List.of(values));
        form.put(member + "ContextKeyType", type);
    }

    /** How the API spells a case's decision. */
    static String decision(String expected) {
        return switch (expected) {
            case "ALLOW" -> "allowed";
            case "EXPLICIT_DENY" -> "explicitDeny";
            case "IMPLICIT_DENY" -> "implicitDeny";
            default -> throw new AssertionError(expected);
        };
    }

    /** Asks, as a client of this machine. */
    Answer ask(Map<String, String> form) {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return ask(body.toString(), "127.0.0.1", "application/x-www-form-urlencoded", "");
    }

    /** Asks with a body as it is. */
    Answer ask(String body, String address, String contentType, String authorization) {
        HttpHeaders headers = new DefaultHttpHeaders().set("content-type", contentType);
        if (!authorization.isEmpty()) {
            headers.set("authorization", authorization);
        }
        KeptReply reply = new KeptReply();
        endpoint.answer(
                new ClientRequest(
                        "POST",
                        "/",
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        new Peer(address, Optional.empty())),
                reply);
        if (!failures.isEmpty()) {
            throw new AssertionError("the endpoint failed", failures.get(0));
        }
        ServerResponse response = reply.responses().get(0);
        return new Answer(response.status(), parse(response.body()));
    }

    private static Element parse(byte[] xml) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError(new String(xml, StandardCharsets.UTF_8), e);
        }
    }

    /** An answer: elements are found by path from the root, as {@code A/B/member}. */
    record Answer(int status, Element root) {

        List<Element> elements(String path) {
            List<Element> found = List.of(root);
            for (String name : path.split("/", -1)) {
                List<Element> next = new ArrayList<>();
                found.forEach(element -> next.addAll(children(element, name)));
                found = next;
            }
            return found;
        }

        List<String> texts(String path) {
            return elements(path).stream().map(Element::getTextContent).toList();
        }

        /** The only text there. */
        String text(String path) {
            List<String> texts = texts(path);
            if (texts.size() != 1) {
                throw new AssertionError(path + ": " + texts + " in " + root.getTextContent());
            }
            return texts.get(0);
        }

        /** Code and message of an error. */
        String error() {
            return text("Error/Code") + ": " + text("Error/Message");
        }

        /** The first result of a simulation. */
        Result first(String operation) {
            return new Result(
                    elements(operation + "Result/EvaluationResults/member").get(0));
        }
    }

    /** One result of a simulation. */
    record Result(Element element) {

        String text(String name) {
            return children(element, name).get(0).getTextContent();
        }

        boolean has(String name) {
            return !children(element, name).isEmpty();
        }

        List<String> missing() {
            return members("MissingContextValues").stream()
                    .map(Element::getTextContent)
                    .toList();
        }

        /** {@code id (type) line:column-line:column} of each. */
        List<String> matched() {
            return members("MatchedStatements").stream()
                    .map(Result::new)
                    .map(member -> member.text("SourcePolicyId") + " (" + member.text("SourcePolicyType") + ") "
                            + member.place("StartPosition") + "-" + member.place("EndPosition"))
                    .toList();
        }

        List<String> matchedIds() {
            return members("MatchedStatements").stream()
                    .map(member -> new Result(member).text("SourcePolicyId"))
                    .toList();
        }

        private String place(String name) {
            Result place = new Result(children(element, name).get(0));
            return place.text("Line") + ":" + place.text("Column");
        }

        Map<String, String> details() {
            Map<String, String> details = new LinkedHashMap<>();
            for (Element holder : children(element, "EvalDecisionDetails")) {
                for (Element entry : children(holder, "entry")) {
                    details.put(new Result(entry).text("key"), new Result(entry).text("value"));
                }
            }
            return details;
        }

        List<Element> members(String name) {
            return children(children(element, name).get(0), "member");
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getNodeName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
