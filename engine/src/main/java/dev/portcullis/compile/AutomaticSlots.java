package dev.portcullis.compile;

import dev.portcullis.automaton.AutomaticKeys;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Folding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** Which slots the context keys that AWS supplies itself have. */
final class AutomaticSlots {

    private static final String PRINCIPAL_TAG = "aws:principaltag/";
    private static final String RESOURCE_TAG = "aws:resourcetag/";

    private static final String CURRENT_TIME = "aws:CurrentTime";
    private static final String EPOCH_TIME = "aws:EpochTime";
    private static final String CALLED_VIA = "aws:CalledVia";

    private static final Map<String, Byte> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry("aws:PrincipalArn", AutomaticKeys.PRINCIPAL_ARN),
            Map.entry("aws:PrincipalAccount", AutomaticKeys.PRINCIPAL_ACCOUNT),
            Map.entry("aws:PrincipalType", AutomaticKeys.PRINCIPAL_TYPE),
            Map.entry("aws:userid", AutomaticKeys.USER_ID),
            Map.entry("aws:username", AutomaticKeys.USER_NAME),
            Map.entry("aws:PrincipalOrgID", AutomaticKeys.PRINCIPAL_ORG_ID),
            Map.entry("aws:PrincipalOrgPaths", AutomaticKeys.PRINCIPAL_ORG_PATHS),
            Map.entry("aws:PrincipalIsAWSService", AutomaticKeys.IS_AWS_SERVICE),
            Map.entry("aws:PrincipalServiceName", AutomaticKeys.SERVICE_NAME),
            Map.entry("aws:PrincipalServiceNamesList", AutomaticKeys.SERVICE_NAMES_LIST),
            Map.entry("aws:ResourceAccount", AutomaticKeys.RESOURCE_ACCOUNT),
            Map.entry("aws:ResourceOrgID", AutomaticKeys.RESOURCE_ORG_ID),
            Map.entry("aws:ResourceOrgPaths", AutomaticKeys.RESOURCE_ORG_PATHS),
            Map.entry(CURRENT_TIME, AutomaticKeys.CURRENT_TIME),
            Map.entry(EPOCH_TIME, AutomaticKeys.EPOCH_TIME),
            Map.entry("aws:ViaAWSService", AutomaticKeys.VIA_AWS_SERVICE),
            Map.entry("aws:CalledViaFirst", AutomaticKeys.CALLED_VIA_FIRST),
            Map.entry("aws:CalledViaLast", AutomaticKeys.CALLED_VIA_LAST)));

    private AutomaticSlots() {}

    /** Gives each of them a slot, whether policies name it or not: those of a request may. Tags get theirs when named. */
    static AutomaticKeys write(Symbols symbols, Interner tagKeys, long seed) {
        KINDS.keySet().forEach(symbols::key);
        int calledVia = symbols.key(CALLED_VIA);
        List<String> keys = symbols.keys.texts();
        byte[] kinds = new byte[keys.size()];
        int[] tags = new int[keys.size()];
        for (int slot = 0; slot < kinds.length; slot++) {
            kinds[slot] = kindOfTag(keys.get(slot));
            tags[slot] = tag(keys.get(slot), kinds[slot], tagKeys::find);
        }
        KINDS.forEach((key, kind) -> kinds[symbols.key(key)] = kind);
        return new AutomaticKeys(
                kinds, tags, tagKeys.freeze(seed), symbols.key(CURRENT_TIME), symbols.key(EPOCH_TIME), calledVia);
    }

    /** PRINCIPAL_TAG, RESOURCE_TAG or NONE. */
    static byte kindOfTag(String folded) {
        if (folded.startsWith(PRINCIPAL_TAG)) {
            return AutomaticKeys.PRINCIPAL_TAG;
        }
        return folded.startsWith(RESOURCE_TAG) ? AutomaticKeys.RESOURCE_TAG : AutomaticKeys.NONE;
    }

    /** The number of the tag that a key of this kind asks for. */
    static int tag(String folded, byte kind, ToIntFunction<String> tagKeys) {
        return switch (kind) {
            case AutomaticKeys.PRINCIPAL_TAG -> tagKeys.applyAsInt(folded.substring(PRINCIPAL_TAG.length()));
            case AutomaticKeys.RESOURCE_TAG -> tagKeys.applyAsInt(folded.substring(RESOURCE_TAG.length()));
            default -> Caller.NONE;
        };
    }

    /** A tag key as {@link AutomaticKeys} numbers it. */
    static String fold(String tagKey) {
        return Folding.key(tagKey);
    }
}
