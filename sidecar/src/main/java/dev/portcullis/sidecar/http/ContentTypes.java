package dev.portcullis.sidecar.http;

/** Compares media types. */
public final class ContentTypes {

    private ContentTypes() {}

    /** Whether a Content-Type header says JSON, parameters aside; false when absent. */
    public static boolean isJson(String contentType) {
        return is(contentType, ServerResponse.JSON);
    }

    /** Whether a Content-Type header names that media type, parameters aside; false when absent. */
    public static boolean is(String contentType, String wanted) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().equalsIgnoreCase(wanted);
    }
}
