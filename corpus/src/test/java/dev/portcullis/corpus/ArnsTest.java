package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnsTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:::models/*, arn:aws:s3:::models/a/b, true",
        "arn:aws:s3:::models/*, arn:aws:s3:::models/, true",
        "arn:aws:s3:::models/*, arn:aws:s3:::models, false",
        "arn:aws:s3:::models/*, arn:aws:s3:::models2/a, false",
        "arn:aws:s3:::m?dels, arn:aws:s3:::models, true",
        "arn:aws:s3:::m?dels, arn:aws:s3:::mdels, false",
        "arn:aws:s3:::*a*b, arn:aws:s3:::xaxbxaxb, true",
        "arn:aws:s3:::*a*b, arn:aws:s3:::xaxbxaxbx, false",
        "arn:aws:logs:us-east-1:111122223333:log-group:*, arn:aws:logs:us-east-1:111122223333:log-group:a:log-stream:s, true",
        "arn:aws:sqs:*:111122223333:q, arn:aws:sqs:eu-west-1:111122223333:q, true",
        "arn:aws:sqs:*:111122223333:q, arn:aws:sqs:eu-west-1:444455556666:111122223333:q, false",
        "arn:aws:sqs, arn:aws:sqs:eu-west-1:111122223333:q, false",
        "*, arn:aws:s3:::models, false",
        "arn:aws:s3:::models/*, *, false",
        "arn:aws:s3:::Models, arn:aws:s3:::models, false",
    })
    void covers_patternAndArn_comparesFieldByField(String pattern, String arn, boolean covers) {
        assertThat(Arns.covers(pattern, arn)).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sqs:eu-west-1:111122223333:q, 111122223333",
        "arn:aws:s3:::b/k:1:2, ''",
        "arn:aws:iam::aws:policy/X, ''",
        "*, ''",
    })
    void account_arn_isItsTwelveDigits(String arn, String account) {
        assertThat(Arns.account(arn)).isEqualTo(account);
    }
}
