package dev.portcullis.sidecar.aws;

/** An error in AWS's form: the client's fault below status 500. */
final class AwsError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    AwsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** What the simulator can't work with (section 4.1). */
    static AwsError invalidInput(String message) {
        return new AwsError(400, "InvalidInput", message);
    }

    /** Policies that are well-formed and can't be decided with. */
    static AwsError policyEvaluation(String message) {
        return new AwsError(500, "PolicyEvaluation", message);
    }

    /** A value that breaks the API's model. */
    static AwsError validation(String field, String constraint) {
        return new AwsError(
                400,
                "ValidationError",
                "1 validation error detected: Value at '" + field + "' failed to satisfy constraint: " + constraint);
    }

    /** The same, with the value. */
    static AwsError validation(String field, String value, String constraint) {
        return new AwsError(
                400,
                "ValidationError",
                "1 validation error detected: Value '" + value + "' at '" + field + "' failed to satisfy constraint: "
                        + constraint);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
