package dev.portcullis.image;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Request;
import dev.portcullis.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Small stores that together have everything an image can hold, and requests that touch it. */
final class SavedStores {

    static final String[] NAMES = {"patterns", "conditions", "layers", "long-lists"};

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-04T05:06:07Z"));

    private static final String[] PRINCIPALS = {
        "arn:aws:iam::111122223333:user/ann",
        "arn:aws:iam::111122223333:user/path/ben",
        "arn:aws:iam::111122223333:user/cy",
        "arn:aws:sts::111122223333:assumed-role/app/s1",
        "arn:aws:iam::444455556666:root",
        "arn:aws:iam::777777777777:user/stranger",
        "lambda.amazonaws.com",
        "anonymous"
    };

    private static final String[] ACTIONS = {
        "s3:GetObject", "s3:DeleteObject", "S3:PUTOBJECT", "sqs:SendMessage", "sns:Unheard", "t:Do", "sts:AssumeRole"
    };

    private static final String[] RESOURCES = {
        "*",
        "arn:aws:s3:::bucket/key",
        "arn:aws:s3:::bucket/public/page",
        "arn:aws:s3:::bucket-03/secret",
        "arn:aws:s3:x:y:shared/a:b",
        "arn:aws:s3:::home/ann/notes",
        "arn:aws:sqs:eu-west-1:111122223333:jobs",
        "arn:aws:iam::111122223333:role/service/app"
    };

    private static final int STEP = 17;

    private SavedStores() {}

    static Store store(String name) {
        return Store.load(Path.of("src/test/resources/listings", name));
    }

    static Engine engine(String name) {
        return Engine.compile(store(name));
    }

    /** Decisions of many requests. */
    static List<Decision> decisions(Engine engine) {
        List<Decision> decisions = new ArrayList<>();
        ask(engine, (asked, request) -> decisions.add(asked.decide(request)));
        return decisions;
    }

    /** Explanations of many requests. */
    static List<Explanation> explanations(Engine engine) {
        List<Explanation> explanations = new ArrayList<>();
        ask(engine, (asked, request) -> explanations.add(asked.explain(request)));
        return explanations;
    }

    /** A question about a filled request. */
    interface Question {
        void ask(Engine engine, Request request);
    }

    static void ask(Engine engine, Question question) {
        ask(engine, 0, 1, question);
    }

    /** Every seventeenth request, beginning with another for each {@code first}. */
    static void askSome(Engine engine, int first, Question question) {
        ask(engine, first % STEP, STEP, question);
    }

    private static void ask(Engine engine, int first, int step, Question question) {
        int number = 0;
        Engine timed = engine.withClock(CLOCK);
        // One of each kind in turns: how principals are looked up differs.
        Request[] requests = {timed.newRequest(), timed.newRequests(1)[0]};
        for (String principal : PRINCIPALS) {
            for (String action : ACTIONS) {
                for (String resource : RESOURCES) {
                    if (number++ % step != first) {
                        continue;
                    }
                    Request request = requests[number & 1];
                    request.clear().principal(principal).action(action).resource(resource);
                    request.context("aws:SourceVpce", "vpce-0123456789abcdef0")
                            .context("aws:SourceIp", "203.0.113.9")
                            .context("s3:prefix", "home/ann")
                            .context("s3:max-keys", "7")
                            .context("aws:SourceArn", "arn:aws:s3:::bucket")
                            .contextValues("aws:TagKeys", "team", "own-stage");
                    if (action.startsWith("t:")) {
                        request.sessionPolicies("""
                                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "t:*", "Resource": "*",
                                  "Condition": {"StringEquals": {"aws:PrincipalTag/new": "${other:key, 'none'}"}}}}""");
                    }
                    question.ask(timed, request);
                }
            }
        }
    }
}
