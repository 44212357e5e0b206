package dev.portcullis.corpus;

/** Whose a resource is, when the request doesn't say. */
final class ResourceOwner {

    private ResourceOwner() {}

    /**
     * The account that owns a request's resource: the one the request names, else the one in the ARN, else the
     * principal's own, as AWS's simulator takes it; that is right for {@code *}, an action without a resource. Empty
     * when there is none of these.
     */
    static String of(AccessRequest request) {
        if (request.resourceAccount().isPresent()) {
            return request.resourceAccount().get();
        }
        String account = Arns.account(request.resource());
        return account.isEmpty() ? Caller.of(request.principal()).account() : account;
    }
}
