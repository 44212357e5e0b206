package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Map;

/**
 * Requests in AWS's JSON protocols ({@code X-Amz-Target: Prefix.Operation}) or query protocol ({@code Action=Operation} in
 * query or form).
 *
 * @param json whether it is a JSON protocol
 * @param prefix of the target header; empty for the query protocol
 * @param service the actions' service prefix
 * @param otherwise what stands for operations that aren't listed
 * @param operations by name
 */
record AwsRequests(boolean json, String prefix, String service, Rule otherwise, Map<String, Rule> operations)
        implements RequestKind {

    /**
     * What an operation stands for.
     *
     * @param action name without service; empty: that of the operation
     */
    record Rule(String action, Template resource, List<ContextRule> context) {}

    private record Named(String action, Rule rule) implements Pending {

        @Override
        public Map<String, String> captures() {
            return Map.of();
        }

        @Override
        public List<ContextRule> context() {
            return rule.context;
        }

        @Override
        public List<Target> targets(Facts facts) throws MappingRefusal {
            return List.of(Target.of(action, Mapping.needed(rule.resource, facts, "the resource")));
        }
    }

    @Override
    public Pending recognize(Parts parts) throws MappingRefusal {
        // All AWS services of these kinds live at the root; what is sent elsewhere is something else.
        if (!parts.path().equals("/")) {
            throw MappingRefusal.invalid("the path isn't /");
        }
        String operation = json ? jsonOperation(parts.request()) : queryOperation(parts);
        if (!operation.matches("[A-Za-z][A-Za-z0-9]{0,127}")) {
            throw MappingRefusal.invalid("the operation has no name that AWS uses");
        }
        Rule rule = operations.getOrDefault(operation, otherwise);
        return new Named(service + ":" + (rule.action.isEmpty() ? operation : rule.action), rule);
    }

    private String jsonOperation(GatewayRequest request) throws MappingRefusal {
        if (!request.method().equals("POST")) {
            throw MappingRefusal.invalid("the method isn't POST");
        }
        List<String> targets = request.headers("x-amz-target");
        if (targets.size() != 1) {
            throw MappingRefusal.invalid("there isn't one X-Amz-Target");
        }
        String target = targets.get(0);
        if (!target.startsWith(prefix + ".")) {
            throw MappingRefusal.invalid("X-Amz-Target names another service");
        }
        return target.substring(prefix.length() + 1);
    }

    private static String queryOperation(Parts parts) throws MappingRefusal {
        if (!parts.request().headers("x-amz-target").isEmpty()) {
            throw MappingRefusal.invalid("X-Amz-Target doesn't belong to the query protocol");
        }
        boolean get = parts.request().method().equals("GET");
        if (!get && !parts.request().method().equals("POST")) {
            throw MappingRefusal.invalid("the method is neither GET nor POST");
        }
        if (!get && parts.request().body().isEmpty()) {
            // The body could name another action than the query does.
            throw MappingRefusal.invalid("the gateway doesn't send the body");
        }
        String inQuery = PercentText.parameter(parts.query(), "Action");
        String inForm = PercentText.parameter(parts.form(), "Action");
        if ((inQuery == null) == (inForm == null)) {
            throw MappingRefusal.invalid("there isn't one Action");
        }
        return inQuery == null ? inForm : inQuery;
    }
}
