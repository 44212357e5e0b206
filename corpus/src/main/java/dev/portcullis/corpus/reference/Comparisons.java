package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Operator.Comparison;
import dev.portcullis.corpus.reference.Operator.Kind;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.Optional;

/**
 * Compares one request value with one policy value, as the positive form of the operator does; what is negated is
 * turned round elsewhere.
 */
final class Comparisons {

    private Comparisons() {}

    /** What came of a comparison. */
    enum Result {
        MATCH,
        NO_MATCH,
        /** L120: the policy value is no ARN. */
        BAD_POLICY_VALUE;

        static Result of(boolean matches) {
            return matches ? MATCH : NO_MATCH;
        }
    }

    /** Whether the request value can be read where it matters: by IP and ARN operators (rule L88). */
    static boolean isReadable(Comparison comparison, String requested) {
        if (comparison.kind() == Kind.ADDRESS) {
            return Address.ofRequest(requested).isPresent();
        }
        if (comparison.kind() == Kind.ARN) {
            return ArnParts.of(requested).isPresent();
        }
        return true;
    }

    static Result compare(Comparison comparison, String requested, Glob wanted, Semantics semantics) {
        return switch (comparison.kind()) {
            case STRING -> Result.of(string(comparison, requested, wanted));
            case NUMERIC -> Result.of(number(comparison, requested, wanted.text()));
            case DATE -> Result.of(date(comparison, requested, wanted.text(), semantics));
            // L105
            case BOOL -> Result.of(isTrue(requested) == isTrue(wanted.text()));
            // L107
            case BINARY ->
                Result.of(ConditionReading.canonicalBase64(wanted.text())
                        .filter(requested::equals)
                        .isPresent());
            case ADDRESS -> Result.of(address(requested, wanted.text()));
            case ARN -> arn(requested, wanted, semantics);
            case NULL -> throw new IllegalStateException("Null compares no values");
        };
    }

    /** L105: {@code true} in any letter case is true, everything else is false. */
    static boolean isTrue(String text) {
        return Letters.lowerAscii(text).equals("true");
    }

    private static boolean string(Comparison comparison, String requested, Glob wanted) {
        return switch (comparison) {
            // L90, L91, L95
            case STRING_EQUALS, STRING_NOT_EQUALS -> wanted.text().equals(requested);
            // L92
            case STRING_EQUALS_IGNORE_CASE, STRING_NOT_EQUALS_IGNORE_CASE ->
                Letters.lower(wanted.text()).equals(Letters.lower(requested));
            // L93, L94
            case STRING_LIKE, STRING_NOT_LIKE -> wanted.matches(requested);
            default -> throw new IllegalStateException(comparison.text());
        };
    }

    /** L97, L98; L88: what is no number equals nothing and is not less or greater than anything. */
    private static boolean number(Comparison comparison, String requested, String wanted) {
        Optional<DecimalNumber> left = DecimalNumber.of(requested);
        Optional<DecimalNumber> right = DecimalNumber.of(wanted);
        return left.isPresent()
                && right.isPresent()
                && ordered(comparison, left.get().compareTo(right.get()));
    }

    /** L100 to L103; L88 as for numbers. */
    private static boolean date(Comparison comparison, String requested, String wanted, Semantics semantics) {
        boolean fourDigitsAreAYear = semantics.is(Point.FOUR_DIGITS_ARE_A_YEAR);
        Optional<PointInTime> left = PointInTime.of(requested, fourDigitsAreAYear);
        Optional<PointInTime> right = PointInTime.of(wanted, fourDigitsAreAYear);
        return left.isPresent()
                && right.isPresent()
                && ordered(comparison, left.get().compareTo(right.get()));
    }

    /** L97, L100: request value OP policy value. */
    private static boolean ordered(Comparison comparison, int order) {
        return switch (comparison) {
            case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS, DATE_EQUALS, DATE_NOT_EQUALS -> order == 0;
            case NUMERIC_LESS_THAN, DATE_LESS_THAN -> order < 0;
            case NUMERIC_LESS_THAN_EQUALS, DATE_LESS_THAN_EQUALS -> order <= 0;
            case NUMERIC_GREATER_THAN, DATE_GREATER_THAN -> order > 0;
            case NUMERIC_GREATER_THAN_EQUALS, DATE_GREATER_THAN_EQUALS -> order >= 0;
            default -> throw new IllegalStateException(comparison.text());
        };
    }

    /** L108 to L113; L88: a block that can't be read holds no address. */
    private static boolean address(String requested, String wanted) {
        Optional<Address> address = Address.ofRequest(requested);
        Optional<Address.Block> block = Address.blockOf(wanted);
        return address.isPresent() && block.isPresent() && block.get().contains(address.get());
    }

    /** L115 to L120: component by component. */
    private static Result arn(String requested, Glob wanted, Semantics semantics) {
        Optional<ArnParts> request = ArnParts.of(requested);
        if (request.isEmpty()) {
            return Result.NO_MATCH;
        }
        // U23
        if (wanted.isStar() && semantics.is(Point.ARN_LIKE_STAR_MATCHES)) {
            return Result.MATCH;
        }
        Glob[] parts = wanted.fields(6);
        if (parts.length < 6 || !parts[0].text().equals("arn")) {
            return Result.BAD_POLICY_VALUE;
        }
        ArnParts arn = request.get();
        return Result.of(parts[1].matches(arn.partition())
                && parts[2].matches(arn.service())
                && parts[3].matches(arn.region())
                && parts[4].matches(arn.account())
                && parts[5].matches(arn.resource()));
    }
}
