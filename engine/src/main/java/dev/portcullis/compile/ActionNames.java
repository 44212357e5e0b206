package dev.portcullis.compile;

import java.util.List;

/** The services and actions that have numbers. All folded. */
interface ActionNames {

    /** A service or action without a number. */
    int UNKNOWN = -1;

    /** The number of a service, or {@link #UNKNOWN}. */
    int service(String service);

    /** The name of a service. */
    String serviceName(int service);

    /** The names of a service's actions, by place. */
    List<String> actions(int service);

    /** The place of an action among its service's, or {@link #UNKNOWN}. */
    int place(int service, String action);
}
