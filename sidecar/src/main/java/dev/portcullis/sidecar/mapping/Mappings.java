package dev.portcullis.sidecar.mapping;

import java.util.List;

/** All of a mapping file that gateways use. Immutable. */
public final class Mappings {

    /** Without a mapping nothing can be asked. */
    public static final Mappings NONE = new Mappings(List.of(), AuthzenNames.DEFAULT);

    private final List<Mapping> mappings;
    private final AuthzenNames authzen;

    Mappings(List<Mapping> mappings, AuthzenNames authzen) {
        this.mappings = List.copyOf(mappings);
        this.authzen = authzen;
    }

    /** How AuthZEN's subjects, actions and resources are called in policies. */
    public AuthzenNames authzen() {
        return authzen;
    }

    /**
     * Reads a request.
     *
     * @param name of the mapping that the gateway chose; empty: the host decides
     * @throws MappingRefusal when it can't be put to the policies
     */
    public MappedRequest map(GatewayRequest request, String name) throws MappingRefusal {
        return choose(request, name).map(request);
    }

    private Mapping choose(GatewayRequest request, String name) throws MappingRefusal {
        if (!name.isEmpty()) {
            for (Mapping mapping : mappings) {
                if (mapping.name().equals(name)) {
                    return mapping;
                }
            }
            throw MappingRefusal.invalid("there is no mapping of that name");
        }
        String host = Mapping.hostName(request.host());
        Mapping best = null;
        int fit = 0;
        for (Mapping mapping : mappings) {
            int own = mapping.fits(host);
            if (own > fit) {
                best = mapping;
                fit = own;
            }
        }
        if (best == null) {
            throw MappingRefusal.invalid("no mapping is for that host");
        }
        return best;
    }
}
