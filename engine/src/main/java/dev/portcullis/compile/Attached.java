package dev.portcullis.compile;

import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.VpcEndpoint;
import java.util.Map;
import java.util.Optional;

/** What is compiled: the documents and what they are attached to, as a store holds them. */
public interface Attached {

    Optional<PolicyDocument> document(String name, PolicyType type);

    Map<String, IamUser> users();

    Map<String, IamGroup> groups();

    Map<String, IamRole> roles();

    Map<String, GuardedResource> resources();

    Map<String, VpcEndpoint> vpcEndpoints();

    Optional<Organization> organization();
}
