package dev.portcullis.corpus.generate;

import dev.portcullis.policy.ConditionOperator.Family;
import java.util.List;

/** Texts that policies and requests are made of: few, so that they meet, and most of them at an edge of some rule. */
public final class Values {

    /** The canonical base64 of a few bytes, and texts that stand for the same bytes or for none (rule L107). */
    public static final List<String> BASE64 = cells("""
            QmluYXJ5|QQ==|Q0M=||/+8=|AAAA""");

    private static final List<String> BASE64_LIKE = cells("""
            QQ|QR==|QQ== |Q Q==|qq==|_-8=""");

    /** L90 to L96: letter case, lengths, wildcard characters, letters with an unusual lower case (L92). */
    public static final List<String> TEXTS = cells("""
            |a|A|b|ab|aB|abc|a b| a|a:b|a/b|*|?|a*|a?b|$|${a}|team|Team|alice|bob|true|TRUE|false|10|1e1|s|S|\
            \u0173|\u017F|k|\u212A|\u00E9|e\u0301|\u00DF|SS|ss|i|I|\u0130|i\u0307|\u0131|\u039F\u03A3|\
            \u03BF\u03C2|\u03BF\u03C3|\u03A3|\u03C3|\u03A3a|a\u03A3|a\u03A3.|\uD801\uDC00|\uD801\uDC28|\
            a\uD801\uDC00|\uD801\uDC00\u03A3|\u1E9E|\u01C5""");

    /** Texts that only a request can have: half surrogate pairs. */
    public static final List<String> BROKEN_TEXTS = cells("\uD801|\uDC00a|\uDC00\uD801");

    /** L98, L88. */
    public static final List<String> NUMBERS = cells("""
            10|9|11|-10|+10|010|10.0|10.|1e1|1E+1|100e-1|0|-0|0.0|0e99|.5|0.5|-.5|5e-1|1.5|9007199254740992|\
            9007199254740993|1e400|1e-400|-1e400|99999999999999999999999999999999999999999|\
            1e99999999999999999999|1e99999999999999999998|-1e99999999999999999999|1e-99999999999999999999|\
            10e99999999999999999998|0.1e9223372036854775808|1e9223372036854775807|ten|| 10|10 |1,0|0x10|NaN|\
            Infinity|1e|e1|.|-|1e+|1.2.3|--1|\u0661|1_0|10d""");

    /** L101 to L103, L88. */
    public static final List<String> DATES = cells("""
            2020-04-01T00:00:00Z|2020-04-01|2020-04|2020|2020-04-01T00:00:00|2020-04-01T00:00Z|\
            2020-04-01T00:00:00.000Z|2020-04-01T00:00:00.0009Z|2020-04-01T00:00:00.001Z|\
            2020-04-01T01:00:00+01:00|2020-03-31T23:00:00-01:00|1585699200|+1585699200|1585699201|01585699200|\
            2020-02-29|2019-02-29|2000-02-29|1900-02-29|2020-13-01|2020-00-01|2020-04-31|2020-04-01T24:00:00Z|\
            2020-04-01T23:59:60Z|2020-04-01t00:00:00z|2020-04-01 00:00:00|2020-4-1|0000-01-01|\
            0001-01-01T00:00:00Z|9999-12-31T23:59:59.999Z|10000-01-01|-1|0|9223372036854775807|\
            9223372036854775808|999999999999999999999|+|+2020|2020-|2020-04-|2020-04-01T|2020-04-01T00|\
            2020-04-01T00:00:|2020-04-01T00:00:00.|2020-04-01T00:00:00.Z|2020-04-01T00:00:00+0100|\
            2020-04-01T00:00:00+24:00|2020-04-01T00:00:00+01:60|2020-04-01T00:00:00ZZ|1970-01-01T00:00:00Z|\
            1969-12-31T23:59:59.999Z|yesterday|""");

    /** L108 to L112, L88. */
    public static final List<String> ADDRESSES = cells("""
            203.0.113.7|203.0.113.8|203.0.112.255|203.0.114.0|203.000.113.007|0.0.0.0|255.255.255.255|\
            256.0.0.1|203.0.113|203.0.113.7.1|203.0.113.|.0.113.7|203.0.113.7 |0xcb.0.113.7|2001:db8::1|\
            2001:DB8::1|2001:0db8:0000:0000:0000:0000:0000:0001|2001:db8:0::1|2001:db8::|2001:db8:::1|\
            2001:db8::1:|::|:::|::1|1::|::ffff:203.0.113.7|::ffff:cb00:7107|0:0:0:0:0:ffff:203.0.113.7|\
            ::FFFF:203.0.113.8|::fffe:203.0.113.7|64:ff9b::203.0.113.7|1:2:3:4:5:6:7:8|1:2:3:4:5:6:7:8:9|\
            1:2:3:4:5:6:7|1:2:3:4:5:6:7::|::2:3:4:5:6:7:8|1:2:3:4::5:6:7:8|1::2::3|2001:db8::12345|\
            2001:db8::g|:1:2:3:4:5:6:7|1:2:3:4:5:6:7:|fe80::1%eth0|::203.0.113.7|1.2.3.4:5|ip||:|::/0|\
            203.0.113.7/32""");

    /** L109 to L112. */
    public static final List<String> BLOCKS = cells("""
            203.0.113.0/24|203.0.113.7/24|203.0.113.7|203.0.113.7/32|203.0.113.7/31|0.0.0.0/0|203.0.113.0/024|\
            203.0.113.0/+24|203.0.113.0/33|203.0.113.0/-1|203.0.113.0/|203.0.113.0/2 4|203.0.113.0/24/24|\
            128.0.0.0/1|2001:db8::/32|2001:db8::/64|2001:db8::1/128|2001:db8::1/64|2001:db8::1|::/0|::/1|\
            8000::/1|::1/127|::/127|2001:db8::/129|::ffff:203.0.113.0/120|::ffff:203.0.113.7|::ffff:0:0/96|\
            2001:DB8::/+32|2001:db8::/032|10.0.0.0/8|block|""");

    /** L115 to L120, L88. */
    public static final List<String> ARNS = cells("""
            arn:aws:iam::111122223333:role/dev|arn:aws:iam::111122223333:role/team/dev|\
            arn:aws:iam::111122223333:user/alice|arn:aws:iam::111122223333:root|arn:aws:s3:::models|\
            arn:aws:s3:::models/a|arn:aws:s3:::Models|arn:aws:sns:us-east-1:111122223333:topic|\
            arn:aws:sns:us-west-2:111122223333:topic:sub|arn:aws-cn:s3:::models|arn:aws:s3::|arn:aws:s3|arn:|\
            arn|arn:::::|arn::::::|ARN:aws:s3:::models|models||*|a:b:c:d:e:f| arn:aws:s3:::models|\
            arn:aws:s3:::|arn:aws:s3:*::models|arn:aws:s3:::models:x""");

    /** Patterns of ARN operators that no change of the above gives. */
    public static final List<String> ARN_PATTERNS = cells("""
            arn:*:*:*:*:*|arn:aws:iam::*:role/*|arn:aws:*:*:111122223333:*|arn:aws:s3:::*|arn:*|\
            arn:aws:sns:*:topic|arn:aws:sns:*:*:topic:*|arn:aws:sns:us-*-?:*:t*c|*:aws:s3:::models|\
            a*:aws:s3:::models|**|?|arn:aws:iam::111122223333:*""");

    /** L105, L124. */
    public static final List<String> BOOLEANS = cells("""
            true|false|TRUE|True|False|yes|1|| true|tRuE""");

    /** Names of context keys, by what the rules say of them. */
    public static final List<String> KEYS = cells("""
            aws:username|aws:userid|aws:PrincipalArn|aws:PrincipalAccount|aws:PrincipalOrgID|\
            aws:PrincipalTag/team|aws:PrincipalTag/Team2|aws:PrincipalTag/\u03A3|aws:PrincipalTag/a\u03A3|\
            aws:PrincipalTag/\u0130d|aws:PrincipalTag/stra\u00DFe|aws:ResourceTag/team|aws:RequestTag/x|\
            aws:TagKeys|aws:CalledVia|aws:SourceIp|aws:VpcSourceIp|aws:SourceArn|aws:SourceVpce|\
            aws:CurrentTime|aws:EpochTime|aws:TokenIssueTime|aws:MultiFactorAuthAge|\
            aws:MultiFactorAuthPresent|aws:SecureTransport|aws:AssumedRoot|aws:ResourceAccount|\
            aws:PrincipalIsAWSService|identitystore:UserId|s3:max-keys|s3:prefix|svc:blob|svc:text|svc:list|\
            svc:when|svc:flag|kms:EncryptionContext:aws:x|kms:ViaService|a:b""");

    /** Actions: of services that rules name, of others, and made up. */
    public static final List<String> ACTIONS = cells("""
            s3:GetObject|s3:PutObject|s3:ListBucket|s3:GetObjectAcl|s3:PutBucketAcl|s3:DeleteObject|\
            s3:GetObjectVersion|kms:Decrypt|kms:CreateKey|kms:ListKeys|kms:RetireGrant|\
            kms:ScheduleKeyDeletion|sts:AssumeRole|sts:TagSession|sts:GetCallerIdentity|\
            sts:AssumeRoleWithWebIdentity|sts:AssumeRoleWithSAML|q:SendMessage|q:StartConversation|\
            q:PassRequest|qbusiness:GetIndex|ec2:RunInstances|sqs:SendMessage|sqs:ListQueues|iam:PassRole|\
            iam:GetUser|logs:PutLogEvents|svc:x|svc:xy|a:b""");

    /** ARNs of resources; some that no service has. */
    public static final List<String> RESOURCES = cells("""
            arn:aws:s3:::models|arn:aws:s3:::models/a|arn:aws:s3:::models/a/b.txt|arn:aws:s3:::models2|\
            arn:aws:s3:::public/x|arn:aws:s3:::models/\u00E9|arn:aws:s3:::models/\u0173|\
            arn:aws:s3:::models/\uD801\uDC00|arn:aws:s3:::models/a:b|arn:aws:sqs:us-east-1:111122223333:queue|\
            arn:aws:sqs:us-west-2:444455556666:queue|arn:aws:kms:us-east-1:111122223333:key/k1|\
            arn:aws:kms:us-east-1:444455556666:key/k2|arn:aws:kms:us-east-1:111122223333:alias/k|\
            arn:aws:iam::111122223333:role/dev|arn:aws:iam::111122223333:role/team/admin|\
            arn:aws:iam::444455556666:role/dev|arn:aws:iam::111122223333:user/alice|\
            arn:aws:ec2:us-east-1:111122223333:instance/i-1|arn:aws:ec2:us-east-1::image/ami-1|\
            arn:aws:qbusiness:us-east-1:111122223333:application/a1/index/i1|\
            arn:aws:logs:us-east-1:111122223333:log-group:app:log-stream:s1|arn:aws:iam::aws:policy/ReadOnly|\
            arn:aws-cn:s3:::models|arn:aws-cn:sqs:cn-north-1:111122223333:queue|arn:aws:svc:::|\
            arn:aws:svc:r:a:x|arn:aws:s3:us-east-1::models|arn:::::x|arn:aws:svc:a:b:c:d:e""");

    private Values() {}

    private static List<String> cells(String text) {
        return List.of(text.split("\\|", -1));
    }

    /** A value that a request may carry for an operator of this family. */
    public static String requested(Family family, RandomNumbers random) {
        return random.one(
                switch (family) {
                    case STRING -> random.chance(97) ? TEXTS : BROKEN_TEXTS;
                    case NUMERIC -> NUMBERS;
                    case DATE -> DATES;
                    case BOOL, NULL -> BOOLEANS;
                    case BINARY -> random.chance(50) ? BASE64 : BASE64_LIKE;
                    case IP -> ADDRESSES;
                    case ARN -> ARNS;
                });
    }
}
