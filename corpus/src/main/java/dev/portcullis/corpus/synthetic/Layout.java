package dev.portcullis.corpus.synthetic;

import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which policy of a profile is for what: accounts have so many policies each, and the place in its account tells a policy's
 * type. Immutable.
 */
final class Layout {

    private final String plan;
    private final boolean shared;
    private final int people;
    private final Map<PolicyType, List<Integer>> slots = new EnumMap<>(PolicyType.class);

    private Layout(String plan, int people, boolean shared) {
        this.plan = plan;
        this.people = people;
        this.shared = shared;
        for (PolicyType type : PolicyType.values()) {
            slots.put(type, new ArrayList<>());
        }
        for (int i = 0; i < plan.length(); i++) {
            slots.get(type(i)).add(i);
        }
    }

    /** The layout of a profile. */
    static Layout of(Profile profile) {
        return switch (profile) {
            case AMAZON_Q -> new Layout("IITIRIBISCIIEIITIIRIIIRIIBIITIISIIRITIII", Population.OF_ACCOUNT, true);
            case MANAGED -> new Layout("I".repeat(40), Population.OF_ACCOUNT, true);
            case CUSTOMER -> new Layout("IITIRIIIRITIIRIIITIRIIITIRIIIRIIIITIRIII", Population.OF_ACCOUNT, true);
            case GUARDRAIL -> new Layout("SRCSESRCSRSCR", Population.OF_ACCOUNT, false);
            case PRINCIPALS, HOSTILE, APPLICATIONS -> new Layout("I".repeat(10), 1, false);
        };
    }

    /** Policies of an account. */
    int size() {
        return plan.length();
    }

    /** Users and roles of a whole account. */
    int people() {
        return people;
    }

    /** Whether policies are attached to several principals. */
    boolean shared() {
        return shared;
    }

    /** Whether there are roles beside users. */
    boolean roles() {
        return !slots.get(PolicyType.TRUST).isEmpty();
    }

    /** Whether there are SCPs. */
    boolean organized() {
        return !slots.get(PolicyType.SERVICE_CONTROL).isEmpty();
    }

    /** What the policy of a number is for. */
    PolicyType type(int number) {
        return switch (plan.charAt(number % plan.length())) {
            case 'I' -> PolicyType.IDENTITY;
            case 'B' -> PolicyType.BOUNDARY;
            case 'T' -> PolicyType.TRUST;
            case 'R' -> PolicyType.RESOURCE;
            case 'S' -> PolicyType.SERVICE_CONTROL;
            case 'C' -> PolicyType.RESOURCE_CONTROL;
            default -> PolicyType.VPC_ENDPOINT;
        };
    }

    /** Numbers of an account's policies of a type, those below {@code policies}. */
    List<Integer> numbers(int account, PolicyType type, int policies) {
        List<Integer> numbers = new ArrayList<>();
        int first = account * plan.length();
        for (int slot : slots.get(type)) {
            if (first + slot < policies) {
                numbers.add(first + slot);
            }
        }
        return numbers;
    }
}
