package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Map;

/**
 * What templates can draw on. For one request and thread.
 *
 * @param request the request
 * @param query its query, still encoded
 * @param captures the path's captures, decoded
 * @param identity who asks
 * @param fields parameters of a form that is the body; empty when it is none
 * @param clientAddress the client's IP address; empty when it isn't known
 */
record Facts(
        GatewayRequest request,
        String query,
        Map<String, String> captures,
        Identified identity,
        String fields,
        String clientAddress) {

    /** The value of a header that may be there once; null when absent. */
    String header(String name) throws MappingRefusal {
        List<String> values = request.headers(name);
        if (values.size() > 1) {
            throw MappingRefusal.invalid("header `" + name + "` is there twice");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** A parameter of query or form that may be there once; null when absent. */
    String parameter(String name) throws MappingRefusal {
        String inQuery = PercentText.parameter(query, name);
        String inForm = PercentText.parameter(fields, name);
        if (inQuery != null && inForm != null) {
            throw MappingRefusal.invalid("parameter `" + name + "` is given in query and body");
        }
        return inQuery == null ? inForm : inQuery;
    }
}
