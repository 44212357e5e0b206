package dev.portcullis.sidecar.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be simulated.
 *
 * @param identity the identity-based policies
 * @param boundary the permissions boundary
 * @param levels SCPs, a list for each level from the root down; empty: no organization is looked at
 * @param resourcePolicy the policy of every resource
 * @param account of the caller
 * @param caller who asks: a user or role; empty: nobody in particular
 * @param resourceOwner the account that owns resources whose ARN has none
 * @param context complete
 * @param actions of this page
 * @param resources ARNs; one {@code *} when none were given
 * @param nextMarker where the next page begins
 */
record Simulation(
        List<SimulatedPolicy> identity,
        Optional<SimulatedPolicy> boundary,
        Optional<List<List<SimulatedPolicy>>> levels,
        Optional<SimulatedPolicy> resourcePolicy,
        String account,
        Optional<IamEntity> caller,
        Optional<String> resourceOwner,
        SimulatedContext context,
        List<String> actions,
        List<String> resources,
        Optional<String> nextMarker) {

    /** Every document that is evaluated. */
    List<SimulatedPolicy> policies() {
        List<SimulatedPolicy> all = new ArrayList<>(identity);
        resourcePolicy.ifPresent(all::add);
        boundary.ifPresent(all::add);
        levels.ifPresent(several -> several.forEach(all::addAll));
        return all;
    }
}
