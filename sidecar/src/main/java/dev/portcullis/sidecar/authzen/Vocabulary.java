package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.mapping.AuthzenNames;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns AuthZEN's names into the policies' and back. Two entities never become one: types are plain words, and an id that
 * could be read in two ways has no name at all.
 *
 * @param names what the mapping file says
 */
record Vocabulary(AuthzenNames names) {

    private static final String ID = "{id}";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,128}");
    private static final Pattern AWS_ACTION = Pattern.compile("[a-z0-9-]{1,64}:[A-Za-z0-9]{1,128}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,2048}");

    /** The principal; empty when there can be none. */
    Optional<String> principal(Entity subject) {
        String template = subjectTemplate(subject.type());
        boolean own = names.subjects().containsKey(subject.type());
        boolean whole = template.equals(ID);
        Pattern allowed = whole && own ? TEXT : USER;
        return template.isEmpty() || !allowed.matcher(subject.id()).matches()
                ? Optional.empty()
                : Optional.of(template.replace(ID, subject.id()));
    }

    /** The id of a principal as a subject of that type; empty when it is none. */
    Optional<String> subjectId(String type, String principal) {
        return inside(subjectTemplate(type), principal)
                .filter(id ->
                        USER.matcher(id).matches() || subjectTemplate(type).equals(ID));
    }

    private String subjectTemplate(String type) {
        String own = names.subjects().get(type);
        if (own != null) {
            return own;
        }
        return type.equals("user") || type.equals("identity") ? "arn:aws:iam::" + names.account() + ":user/" + ID : "";
    }

    /** The ARN; empty when there can be none. */
    Optional<String> resource(Entity resource) {
        String template = resourceTemplate(resource.type());
        return template.isEmpty() || !TEXT.matcher(resource.id()).matches()
                ? Optional.empty()
                : Optional.of(template.replace(ID, resource.id()));
    }

    /** The id of an ARN as a resource of that type; empty when it is none. */
    Optional<String> resourceId(String type, String arn) {
        return inside(resourceTemplate(type), arn);
    }

    private String resourceTemplate(String type) {
        String own = names.resources().get(type);
        if (own != null) {
            return own;
        }
        return WORD.matcher(type).matches()
                ? "arn:aws:" + names.prefix() + "::" + names.account() + ":" + type + "/" + ID
                : "";
    }

    /** The action; empty when there can be none. Names with a service are for resources that have real ARNs. */
    Optional<String> action(String name, String resourceType) {
        if (WORD.matcher(name).matches()) {
            return Optional.of(names.prefix() + ":" + name);
        }
        return names.resources().containsKey(resourceType)
                        && AWS_ACTION.matcher(name).matches()
                ? Optional.of(name)
                : Optional.empty();
    }

    /** What an action of the policies is called on resources of that type; empty when it has no name there. */
    Optional<String> actionName(String action, String resourceType) {
        int colon = action.indexOf(':');
        if (colon > 0 && action.substring(0, colon).equalsIgnoreCase(names.prefix())) {
            return Optional.of(action.substring(colon + 1))
                    .filter(name -> WORD.matcher(name).matches());
        }
        return Optional.of(action)
                .filter(name -> names.resources().containsKey(resourceType)
                        && AWS_ACTION.matcher(name).matches());
    }

    /** A context key of AuthZEN's own. */
    String key(String entity, String property) {
        return names.prefix() + ":" + entity + "/" + property;
    }

    private static Optional<String> inside(String template, String text) {
        int at = template.indexOf(ID);
        if (at < 0) {
            return Optional.empty();
        }
        String before = template.substring(0, at);
        String after = template.substring(at + ID.length());
        boolean fits =
                text.length() > before.length() + after.length() && text.startsWith(before) && text.endsWith(after);
        return fits ? Optional.of(text.substring(before.length(), text.length() - after.length())) : Optional.empty();
    }
}
