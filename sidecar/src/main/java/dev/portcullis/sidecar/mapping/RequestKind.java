package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Map;

/** How to find out what a request is about. Immutable. */
sealed interface RequestKind permits RouteRequests, AwsRequests, S3Requests {

    /** A request's parts before anybody is identified. */
    record Parts(GatewayRequest request, String path, String query, String form) {}

    /** Gives the targets, once it is known who asks. */
    interface Pending {

        /** The path's captures, decoded. */
        Map<String, String> captures();

        /** Context rules of this request alone. */
        List<ContextRule> context();

        /** The targets. */
        List<Target> targets(Facts facts) throws MappingRefusal;
    }

    /** Recognizes the request. */
    Pending recognize(Parts parts) throws MappingRefusal;
}
