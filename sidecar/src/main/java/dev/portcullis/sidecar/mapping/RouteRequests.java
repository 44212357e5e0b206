package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Map;

/**
 * Requests told apart by method and path.
 *
 * @param routes in the order in which they are asked
 */
record RouteRequests(List<Route> routes) implements RequestKind {

    /** One route and what it stands for. */
    record Route(RouteTemplate template, Template action, Template resource, List<ContextRule> context) {}

    private record Matched(Route route, Map<String, String> captures) implements Pending {

        @Override
        public List<ContextRule> context() {
            return route.context;
        }

        @Override
        public List<Target> targets(Facts facts) throws MappingRefusal {
            return List.of(Target.of(
                    Mapping.needed(route.action, facts, "the action"),
                    Mapping.needed(route.resource, facts, "the resource")));
        }
    }

    @Override
    public Pending recognize(Parts parts) throws MappingRefusal {
        List<String> segments = PathSegments.of(parts.path());
        for (Route route : routes) {
            Map<String, String> captures = route.template.match(parts.request().method(), segments);
            if (captures != null) {
                return new Matched(route, captures);
            }
        }
        throw MappingRefusal.invalid("no route matches");
    }
}
