package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {

    @ParameterizedTest
    @CsvSource({
        "*, *",
        "s3:GetObject, exact",
        "s3:Get*, prefix*",
        "s3:*, service:*",
        "s3:*Object, *suffix",
        "s3:*Object*, *infix*",
        "s3:Get*Object, other",
        "s3:GetObjec?, other"
    })
    void action_anyPattern_hasItsKind(String text, String shape) {
        assertThat(Shapes.action(text)).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({
        "*, *, 1",
        "arn:aws:ec2:*:*:instance/*, literal|literal|*|*|L/*, 3",
        "arn:aws:s3:::aws-glue-*, literal|literal|empty|empty|L*, 1",
        "arn:aws:s3:::models, literal|literal|empty|empty|L, 0",
        "arn:*:kms:*:${aws:PrincipalAccount}:key/*, *|literal|*|literal|L/*, 3",
        "arn:aws:kms:*:*:key/${aws:PrincipalTag/KmsKeyId}, literal|literal|*|*|L/V, 2",
        "arn:aws:apigateway:*::/restapis/*/stages, literal|literal|*|empty|/L/*/L, 2",
        "arn:aws:logs:*:*:log-group:/aws/x*:*, literal|literal|*|*|L:/L/L*:*, 4"
    })
    void resource_anyPattern_hasItsShapeAndStars(String text, String shape, int stars) {
        assertThat(Shapes.resource(text)).isEqualTo(shape);
        assertThat(Shapes.stars(text)).isEqualTo(stars);
    }
}
