package dev.portcullis.policy;

import java.util.Optional;

/**
 * A VPC endpoint: one more gate for the requests that come through it (rules E85 to E88).
 *
 * @param id {@code vpce-…}, compared with the request's {@code aws:SourceVpce}
 * @param policy name of the endpoint policy; without one the endpoint allows everything (rule E85)
 */
public record VpcEndpoint(String id, Optional<String> policy) {}
