package dev.portcullis.corpus.synthetic;

import java.util.List;
import java.util.Optional;

/** What kind of policies a synthetic store holds. */
public enum Profile {

    /**
     * Users and applications of Amazon Q: variations of the policies that AWS publishes for it, over accounts, regions,
     * applications, profiles, tags and customizations; with groups, boundaries, trust and resource-based policies,
     * endpoint policies and an organization with SCPs and RCPs.
     */
    AMAZON_Q("amazon-q"),

    /** Identity-based policies of the shapes that the policies managed by AWS have, attached to users and groups. */
    MANAGED("managed"),

    /** What customers write: as the examples of the AWS documentation, with trust and resource-based policies. */
    CUSTOMER("customer"),

    /** What fences accounts in: SCPs, RCPs, endpoint and resource-based policies of a data perimeter. */
    GUARDRAIL("guardrail"),

    /**
     * Users with ten identity-based policies of their own, about 53 statements, all made of the Amazon Q policies; nothing
     * is shared and there are no other layers. Libraries that know one kind of policy can be compared on it.
     */
    PRINCIPALS("principals"),

    /** One role whose policies allow the same few actions, each statement on one application: a pile on one name. */
    APPLICATIONS("applications"),

    /**
     * What is hard on an index: {@code "Action": "*"}, NotAction, NotResource, wildcards in the middle, variables, and
     * dozens of statements that all match. Ten policies a user.
     */
    HOSTILE("hostile");

    private final String label;

    Profile(String label) {
        this.label = label;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }

    /** The profile of that name. */
    public static Optional<Profile> of(String label) {
        return List.of(values()).stream()
                .filter(profile -> profile.label.equals(label))
                .findFirst();
    }
}
