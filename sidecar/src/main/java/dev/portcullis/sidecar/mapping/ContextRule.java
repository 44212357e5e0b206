package dev.portcullis.sidecar.mapping;

import java.util.List;

/**
 * How one context key is filled. Absent parts leave it absent.
 *
 * @param key its name
 * @param templates one for a single value; else any number
 * @param multivalued whether it is a list (rule L86)
 */
record ContextRule(String key, List<Template> templates, boolean multivalued) {}
