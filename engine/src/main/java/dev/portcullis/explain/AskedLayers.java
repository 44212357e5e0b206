package dev.portcullis.explain;

import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Inspection;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.StatementProbe;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every layer that bears on a request, or why it doesn't (step 1 of the evaluation rules). */
public final class AskedLayers {

    private static final PolicyType[] TYPES = PolicyType.values();
    private static final String ABSENT = "none";
    private static final String NO_ORGANIZATION = "no organization";
    private static final String SERVICE_LINKED_EXEMPT = "service-linked roles are exempt";

    private final Inspection inspection;
    private final SourceMap sources;
    private final StatementTests tests;

    private final List<AskedLayer> serviceControl = new ArrayList<>();
    private final AskedLayer resource;
    private final AskedLayer identity;
    private final AskedLayer boundary;
    private final AskedLayer session;
    private final AskedLayer endpoint;
    private final List<AskedLayer> all = new ArrayList<>();

    /** Asks all of them. */
    public AskedLayers(Inspection inspection) {
        this.inspection = inspection;
        StatementProbe store = inspection.store();
        this.sources = store.sources();
        this.tests = new StatementTests(store);
        resourceControl(all);
        serviceControl(serviceControl);
        resource = resourceBased();
        identity = identityBased();
        boundary = permissionsBoundary();
        session = sessionPolicies();
        endpoint = vpcEndpoint();
        all.addAll(serviceControl);
        all.addAll(List.of(resource, identity, boundary, session, endpoint));
    }

    /** In the order of rule E5, the endpoint last. */
    public List<AskedLayer> all() {
        return all;
    }

    /** From the root down. */
    List<AskedLayer> serviceControl() {
        return serviceControl;
    }

    /** The resource-based policy. */
    public AskedLayer resource() {
        return resource;
    }

    /** The caller's own policies. */
    public AskedLayer identity() {
        return identity;
    }

    AskedLayer boundary() {
        return boundary;
    }

    AskedLayer session() {
        return session;
    }

    AskedLayer endpoint() {
        return endpoint;
    }

    private void resourceControl(List<AskedLayer> levels) {
        PolicyType type = PolicyType.RESOURCE_CONTROL;
        long owner = inspection.owner();
        int slot = inspection.accountSlot(owner);
        if (isManagement(owner)) {
            // E57
            levels.add(AskedLayer.notConsulted(type, "resources of the management account are exempt"));
        } else if (slot < 0) {
            // E51
            levels.add(AskedLayer.notConsulted(type, NO_ORGANIZATION));
        } else if (inspection.isServiceLinked()) {
            // E58
            levels.add(AskedLayer.notConsulted(type, SERVICE_LINKED_EXEMPT));
        } else if (!inspection.resourceControlReachesCaller()) {
            // E56
            levels.add(AskedLayer.notConsulted(type, "services and anonymous callers are not reached"));
        } else if (!inspection.resourceControlReachesAction()) {
            // E59
            levels.add(AskedLayer.notConsulted(type, "does not reach this action or resource"));
        } else {
            chain(type, slot, levels);
        }
    }

    private void serviceControl(List<AskedLayer> levels) {
        PolicyType type = PolicyType.SERVICE_CONTROL;
        long account = inspection.account();
        if (sources.managementAccount() == Caller.NONE) {
            // E51
            levels.add(AskedLayer.notConsulted(type, NO_ORGANIZATION));
            return;
        }
        int slot = inspection.accountSlot(account);
        if (!inspection.hasAccount()) {
            // E50
            levels.add(AskedLayer.notConsulted(type, "the caller belongs to no account"));
        } else if (isManagement(account)) {
            // E48
            levels.add(AskedLayer.notConsulted(type, "principals of the management account are exempt"));
        } else if (slot < 0) {
            // E51
            levels.add(AskedLayer.notConsulted(type, NO_ORGANIZATION));
        } else if (inspection.isServiceLinked()) {
            // E49
            levels.add(AskedLayer.notConsulted(type, SERVICE_LINKED_EXEMPT));
        } else {
            chain(type, slot, levels);
        }
    }

    private boolean isManagement(long account) {
        return account != Caller.NONE && account == sources.managementAccount();
    }

    private void chain(PolicyType type, int slot, List<AskedLayer> levels) {
        SourceMap.Cursor chain = sources.read(sources.chain(slot));
        int count = chain.next();
        for (int number = 0; number < count; number++) {
            SourceMap.Cursor level = sources.read(chain.next());
            String place = sources.text(level.next());
            int[] documents;
            if (type == PolicyType.SERVICE_CONTROL) {
                documents = inspection.serviceControl(slot, number, level.next());
            } else {
                level.skip(1);
                documents = inspection.resourceControl(slot, number, level.next());
            }
            List<Integer> numbers = Arrays.stream(documents).boxed().toList();
            levels.add(AskedLayer.level(type, place, numbers, tested(documents)));
        }
    }

    /** The statements of documents: the store's as it was compiled, and later ones. */
    private List<TestedStatement> tested(int... documents) {
        List<TestedStatement> tested = new ArrayList<>();
        for (int document : documents) {
            if (document < sources.documents()) {
                tests.add(document, tested);
            } else {
                new StatementTests(inspection.later(document)).add(0, tested);
            }
        }
        return tested;
    }

    private PolicyType type(int document) {
        return TYPES[
                document < sources.documents()
                        ? sources.type(document)
                        : inspection.later(document).sources().type(0)];
    }

    private AskedLayer resourceBased() {
        StatementProbe given = inspection.resourcePolicy();
        if (given != null) {
            return AskedLayer.of(TYPES[given.sources().type(0)], new StatementTests(given).ofAll());
        }
        int[] documents = inspection.guard();
        return documents.length == 0
                ? AskedLayer.notConsulted(PolicyType.RESOURCE, ABSENT)
                : AskedLayer.of(type(documents[0]), tested(documents));
    }

    private AskedLayer identityBased() {
        if (!inspection.hasAccount() || inspection.isRoot()) {
            return AskedLayer.notConsulted(PolicyType.IDENTITY, whyNoneOfItsOwn());
        }
        return AskedLayer.of(PolicyType.IDENTITY, tested(inspection.identity()));
    }

    private AskedLayer permissionsBoundary() {
        if (inspection.isServiceLinked()) {
            // E36
            return AskedLayer.notConsulted(PolicyType.BOUNDARY, "service-linked roles have none");
        }
        if (!inspection.hasAccount() || inspection.isRoot()) {
            return AskedLayer.notConsulted(PolicyType.BOUNDARY, whyNoneOfItsOwn());
        }
        int[] documents = inspection.boundary();
        return documents.length == 0
                ? AskedLayer.notConsulted(PolicyType.BOUNDARY, ABSENT)
                : AskedLayer.of(PolicyType.BOUNDARY, tested(documents));
    }

    /** E6, E10. */
    private String whyNoneOfItsOwn() {
        return inspection.isRoot() ? "the root user has none" : "the caller has none";
    }

    private AskedLayer sessionPolicies() {
        if (!inspection.canBeSession()) {
            // E41
            return AskedLayer.notConsulted(PolicyType.SESSION, "the caller is no session");
        }
        StatementProbe given = inspection.sessionPolicies();
        return given == null
                ? AskedLayer.notConsulted(PolicyType.SESSION, ABSENT)
                : AskedLayer.of(PolicyType.SESSION, new StatementTests(given).ofAll());
    }

    private AskedLayer vpcEndpoint() {
        int[] documents = inspection.endpoint();
        return documents.length == 0
                ? AskedLayer.notConsulted(PolicyType.VPC_ENDPOINT, ABSENT)
                : AskedLayer.of(PolicyType.VPC_ENDPOINT, tested(documents));
    }
}
