package dev.portcullis.cli;

import dev.portcullis.policy.PolicyType;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The policy types by the names they have on the command line. */
final class PolicyTypeConverter implements ITypeConverter<PolicyType> {

    private static final String NAMES =
            Arrays.stream(PolicyType.values()).map(PolicyType::shortName).collect(Collectors.joining(", "));

    @Override
    public PolicyType convert(String name) {
        for (PolicyType type : PolicyType.values()) {
            if (type.shortName().equals(name)) {
                return type;
            }
        }
        throw new TypeConversionException("`" + name + "` is no policy type; there are " + NAMES);
    }

    /** The names, for the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(PolicyType.values()).map(PolicyType::shortName).iterator();
        }
    }
}
