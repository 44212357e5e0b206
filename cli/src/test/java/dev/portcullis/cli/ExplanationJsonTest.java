package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Explanation;
import dev.portcullis.sidecar.json.ExplanationJson;
import dev.portcullis.sidecar.json.JsonWriter;
import org.junit.jupiter.api.Test;

class ExplanationJsonTest {

    private static final String NO_PASS =
            "{\"type\":\"boundary\",\"policy\":\"limits\",\"number\":1,\"sid\":\"NoPass\","
                    + "\"effect\":\"Deny\",\"line\":2,\"column\":3}";
    private static final String NUMBER_2 =
            "{\"type\":\"identity\",\"policy\":\"dev\",\"number\":2," + "\"effect\":\"Allow\",\"line\":2,\"column\":3}";

    @Test
    void addDecision_always_addsDecisionAndReason() {
        JsonWriter json = PrintedJson.compact().beginObject();

        ExplanationJson.addDecision(json, Explanations.denied());

        assertThat(json.endObject().take())
                .isEqualTo("{\"decision\":\"EXPLICIT_DENY\","
                        + "\"reason\":\"with an explicit deny in a permissions boundary\"}");
    }

    @Test
    void addDetails_explicitDeny_hasStatementsLayersAndProblems() {
        assertThat(details(Explanations.denied()))
                .isEqualTo("{\"deciding\":[" + NO_PASS + "],\"layers\":["
                        + "{\"type\":\"scp\",\"place\":\"Root\",\"verdict\":\"ALLOWS\",\"note\":\"\",\"matched\":["
                        + NUMBER_2
                        + "]},"
                        + "{\"type\":\"resource\",\"place\":\"\",\"verdict\":\"NOT_APPLICABLE\","
                        + "\"note\":\"the resource has none\",\"matched\":[]},"
                        + "{\"type\":\"boundary\",\"place\":\"\",\"verdict\":\"DENIES\",\"note\":\"\",\"matched\":["
                        + NO_PASS
                        + "]}],\"nearMisses\":[],\"missingKeys\":[],"
                        + "\"problems\":[{\"statement\":" + NUMBER_2 + ",\"message\":\"`x` is not an ARN\"}]}");
    }

    @Test
    void addDetails_implicitDeny_tellsAbsentKeysFromEmptyOnes() {
        assertThat(details(Explanations.missed()))
                .isEqualTo("{\"deciding\":[],\"layers\":["
                        + "{\"type\":\"identity\",\"place\":\"\",\"verdict\":\"SILENT\",\"note\":\"\",\"matched\":[]}],"
                        + "\"nearMisses\":["
                        + "{\"statement\":" + NUMBER_2 + ",\"failed\":\"condition\",\"operator\":\"StringEquals\","
                        + "\"key\":\"iam:PassedToService\",\"wanted\":[\"q.amazonaws.com\",\"a\\u001b[2J\"],\"seen\":null},"
                        + "{\"statement\":" + NUMBER_2 + ",\"failed\":\"condition\",\"operator\":\"Null\","
                        + "\"key\":\"aws:TagKeys\",\"wanted\":[],\"seen\":[]},"
                        + "{\"statement\":" + NUMBER_2 + ",\"failed\":\"resource\","
                        + "\"wanted\":[\"arn:aws:s3:::a\"],\"seen\":[\"arn:aws:s3:::b\"]}],"
                        + "\"missingKeys\":[\"iam:PassedToService\"],\"problems\":[]}");
    }

    private static String details(Explanation explanation) {
        JsonWriter json = PrintedJson.compact().beginObject();
        ExplanationJson.addDetails(json, explanation);
        return json.endObject().take();
    }
}
