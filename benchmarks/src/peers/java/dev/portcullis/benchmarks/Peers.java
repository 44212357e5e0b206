package dev.portcullis.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** All that run in this process, by name. */
final class Peers {

    private static final Map<String, Peer<?>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("portcullis", new OwnPeers.Portcullis());
        ALL.put("indexed", new OwnPeers.Index());
        ALL.put("naive", new OwnPeers.Walk());
        ALL.put("reference", new OwnPeers.Reference());
        ALL.put("event-ruler", new EventRulerPeer(EventRulerPeer.Order.NAMED));
        ALL.put("event-ruler-principal-first", new EventRulerPeer(EventRulerPeer.Order.PRINCIPAL_FIRST));
        ALL.put("event-ruler-resource-first", new EventRulerPeer(EventRulerPeer.Order.RESOURCE_FIRST));
        ALL.put("jcasbin", new CasbinPeer());
        ALL.put("authzforce", new AuthzForcePeer());
        ALL.put("cedar-java", new CedarPeer());
    }

    private Peers() {}

    static Map<String, Peer<?>> all() {
        return ALL;
    }

    static Peer<?> of(String name) {
        return ALL.get(name);
    }
}
