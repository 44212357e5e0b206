package dev.portcullis.sidecar.mapping;

import dev.portcullis.sidecar.mapping.RequestKind.Parts;
import dev.portcullis.sidecar.mapping.RequestKind.Pending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One way of reading requests. Immutable.
 *
 * @param name for gateways that choose by name
 * @param hosts that it is for, in lower case; {@code *.} at the beginning stands for any labels; empty: for all
 * @param identities where requests say who asks, in the order in which they are asked
 * @param context keys that every request has
 * @param addressHeader in lower case: whose last value is the client's address; empty: nobody tells
 * @param schemeHeader in lower case: which says {@code https}; empty: nobody tells
 * @param kind what requests are about
 */
record Mapping(
        String name,
        List<String> hosts,
        List<Identity> identities,
        List<ContextRule> context,
        String addressHeader,
        String schemeHeader,
        RequestKind kind) {

    /** A source of identity and the principal that it gives. */
    record Identity(IdentitySource source, Template principal) {}

    private static final String FORM = "application/x-www-form-urlencoded";

    MappedRequest map(GatewayRequest request) throws MappingRefusal {
        String target = request.target();
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        PercentText.checkTarget(target);
        String form = form(request);
        Pending pending = kind.recognize(new Parts(request, path, query, form));
        String address = address(request);
        for (Identity identity : identities) {
            Optional<Identified> who = identity.source.identify(request);
            if (who.isPresent()) {
                Facts facts = new Facts(request, query, pending.captures(), who.get(), form, address);
                String principal = identity.principal.fill(facts);
                if (principal == null) {
                    throw MappingRefusal.unidentified("the credential doesn't say who it is");
                }
                return mapped(principal, pending, facts);
            }
        }
        throw MappingRefusal.unidentified("nobody is identified");
    }

    private MappedRequest mapped(String principal, Pending pending, Facts facts) throws MappingRefusal {
        List<String> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (ContextRule rule : context) {
            if (pending.context().stream().noneMatch(own -> own.key().equalsIgnoreCase(rule.key()))) {
                add(rule, facts, keys, values);
            }
        }
        for (ContextRule rule : pending.context()) {
            add(rule, facts, keys, values);
        }
        addStandard("aws:SourceIp", facts.clientAddress(), keys, values);
        addStandard("aws:UserAgent", first(facts, "user-agent"), keys, values);
        addStandard("aws:Referer", first(facts, "referer"), keys, values);
        String scheme = scheme(facts.request());
        if (!scheme.isEmpty()) {
            addStandard("aws:SecureTransport", Boolean.toString(scheme.equals("https")), keys, values);
        }
        return new MappedRequest(principal, pending.targets(facts), keys, values);
    }

    private static void add(ContextRule rule, Facts facts, List<String> keys, List<Object> values)
            throws MappingRefusal {
        if (!rule.multivalued()) {
            String value = rule.templates().get(0).fill(facts);
            if (value != null) {
                keys.add(rule.key());
                values.add(value);
            }
            return;
        }
        List<String> several = new ArrayList<>();
        for (Template template : rule.templates()) {
            several.addAll(template.fillAll(facts));
        }
        // A list of which nothing is there is an absent key, not an empty one (rules L121, L122).
        if (!several.isEmpty()) {
            keys.add(rule.key());
            values.add(several);
        }
    }

    private static void addStandard(String key, String value, List<String> keys, List<Object> values) {
        if (!value.isEmpty() && keys.stream().noneMatch(key::equalsIgnoreCase)) {
            keys.add(key);
            values.add(value);
        }
    }

    private static String first(Facts facts, String header) {
        List<String> values = facts.request().headers(header);
        return values.size() == 1 ? values.get(0) : "";
    }

    private String address(GatewayRequest request) {
        if (addressHeader.isEmpty()) {
            return request.clientAddress();
        }
        // The gateway next to here adds its client at the end; what stands before, the client may have written.
        List<String> values = request.headers(addressHeader);
        if (values.isEmpty()) {
            return "";
        }
        String last = values.get(values.size() - 1);
        return last.substring(last.lastIndexOf(',') + 1).strip();
    }

    private String scheme(GatewayRequest request) {
        if (schemeHeader.isEmpty()) {
            return request.scheme();
        }
        List<String> values = request.headers(schemeHeader);
        return values.size() == 1 ? values.get(0).toLowerCase(Locale.ROOT) : "";
    }

    private static String form(GatewayRequest request) throws MappingRefusal {
        List<String> types = request.headers("content-type");
        Optional<byte[]> body = request.body();
        if (body.isEmpty()
                || types.size() != 1
                || !types.get(0).toLowerCase(Locale.ROOT).startsWith(FORM)) {
            return "";
        }
        for (byte unit : body.get()) {
            if (unit < ' ') {
                throw MappingRefusal.invalid("the form holds what isn't ASCII");
            }
        }
        return new String(body.get(), StandardCharsets.US_ASCII);
    }

    /** How well it is for a host: 0 not at all, 1 for every host, more the closer the name. */
    int fits(String host) {
        if (hosts.isEmpty()) {
            return 1;
        }
        int best = 0;
        for (String own : hosts) {
            if (own.equals(host)) {
                return Integer.MAX_VALUE;
            }
            if (own.startsWith("*.") && host.endsWith(own.substring(1)) && host.length() > own.length() - 1) {
                best = Math.max(best, own.length());
            }
        }
        return best;
    }

    /** A host header's name without port, in lower case. */
    static String hostName(String host) {
        String folded = host.toLowerCase(Locale.ROOT);
        int colon = folded.lastIndexOf(':');
        String name = colon > 0 && folded.indexOf(']', colon) < 0 ? folded.substring(0, colon) : folded;
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** The template's text, which must be there. */
    static String needed(Template template, Facts facts, String what) throws MappingRefusal {
        String text = template.fill(facts);
        if (text == null) {
            throw MappingRefusal.invalid(what + " draws on something that the request doesn't have");
        }
        return text;
    }
}
