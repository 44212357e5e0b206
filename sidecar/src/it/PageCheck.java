import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Uses the page as people do, in a browser. Usage: PageCheck DEVTOOLS-URL STORE-URL HOSTILE-URL IMAGE-URL IMAGE-PID
 * [FOLDER for pictures]; exits with 1 when something doesn't hold.
 */
public final class PageCheck {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String DECIDED = "document.querySelector('#result .verdict') !== null";
    private static final String WORD = "document.querySelector('#result .word').textContent";

    private final Browser browser;
    private final Path pictures;
    private final List<String> failures = new ArrayList<>();
    private int checked;

    private PageCheck(Browser browser, Path pictures) {
        this.browser = browser;
        this.pictures = pictures;
    }

    public static void main(String[] args) throws Exception {
        PageCheck check = new PageCheck(new Browser(args[0]), args.length > 5 ? Path.of(args[5]) : null);
        check.browser.size(1280, 900);
        check.keyboard(args[1]);
        check.layers(args[1]);
        check.sizesAndColours(args[1]);
        check.contrast(args[1]);
        check.hostile(args[2]);
        check.image(args[3]);
        check.holds("no complaint from the browser", "[]", check.browser.complaints.toString());
        check.strangers(args[1], args[2], args[3]);
        check.silence(args[3], Long.parseLong(args[4]));
        check.failures.forEach(System.out::println);
        System.out.println((check.checked - check.failures.size()) + " of " + check.checked + " hold");
        System.exit(check.failures.isEmpty() ? 0 : 1);
    }

    private void holds(String what, String expected, String actual) {
        checked++;
        if (!expected.equals(actual)) {
            failures.add("FAIL " + what + ": " + actual + ", not " + expected);
        }
    }

    private void holds(String what, String expression) throws Exception {
        holds(what, "true", browser.value(expression));
    }

    private void has(String what, String expected, String actual) {
        checked++;
        if (!actual.contains(expected)) {
            failures.add("FAIL " + what + ": no `" + expected + "` in " + actual);
        }
    }

    /** Question, missing key, decision, statement: without a mouse. */
    private void keyboard(String url) throws Exception {
        browser.open(url);
        holds("title", "Portcullis", browser.value("document.title"));
        browser.until("the cursor in the first field", "document.activeElement.id === 'principal'");
        holds(
                "every field has a name",
                "[...document.querySelectorAll('input, textarea, button')].every(f => f.ariaLabel || f.textContent.trim()"
                        + " || f.labels[0]?.textContent.trim())");
        browser.press("Enter");
        browser.until("what is missing is told", "document.getElementById('announcement').textContent === 'Principal is missing.'");
        browser.type("ali");
        browser.until("alice is suggested", "[...document.querySelectorAll('#principals option')].some(o => o.value === '" + ALICE + "')");
        browser.value("document.activeElement.select()");
        browser.type(ALICE);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            browser.press("Tab");
            order.add(browser.value("document.activeElement.id || document.activeElement.tagName"));
        }
        holds("order of the fields", "[action, resource, add-key, SUMMARY, ask, clear]", order.toString());
        browser.value("document.getElementById('action').focus()");
        browser.type("sendm");
        browser.until("the action is suggested", "[...document.querySelectorAll('#actions option')].some(o => o.value === 'q:SendMessage')");
        browser.value("document.activeElement.select()");
        browser.type("q:SendMessage");
        browser.press("Enter");
        browser.until("a decision", DECIDED);
        holds("without a region", "✕ Denied explicitly", browser.value(WORD));
        browser.until("the policy's text", "document.querySelector('#result mark') !== null");
        has("it is announced", "Denied explicitly.", browser.value("document.getElementById('announcement').textContent"));
        holds("it is announced politely", "document.getElementById('announcement').ariaLive === 'polite'");
        picture("denied");

        browser.value("document.getElementById('add-key').focus()");
        browser.press("Enter");
        browser.type("aws:req");
        browser.until("the key is suggested", "[...document.querySelectorAll('#keys option')].some(o => o.value === 'aws:RequestedRegion')");
        browser.value("document.activeElement.select()");
        browser.type("aws:RequestedRegion");
        browser.press("Tab");
        browser.press("Tab");
        browser.type("us-east-1");
        browser.press("Enter");
        browser.until("another decision", DECIDED + " && " + WORD + " === '✓ Allowed'");
        browser.until("the statement", "document.querySelector('#result mark') !== null");
        String marked = browser.value("[...document.querySelector('#result pre').querySelectorAll('mark')].map(m => m.textContent).join('\\n')");
        holds("the marked text is a statement", "true", Boolean.toString(marked.startsWith("{") && marked.endsWith("}")));
        has("it is the one that decided", "AllowAmazonQDeveloperAccess", marked);
        holds(
                "it begins on the line that is named",
                browser.value("document.querySelector('#result figcaption').textContent.match(/line (\\d+)/)[1]"),
                browser.value("document.querySelector('#result mark').parentElement.dataset.number"));
        holds("the marked statement is in sight", "(() => { const p = document.querySelector('#result pre').getBoundingClientRect(),"
                + " m = document.querySelector('#result mark').getBoundingClientRect(); return m.top >= p.top && m.bottom <= p.bottom; })()");
        picture("allowed");
        missingKey();
        holds("a question in the address", "location.hash.includes('GetCustomization')");
        browser.value("(location.reload(), true)");
        browser.until("the page again", "document.readyState === 'complete' && document.querySelector('#result .empty') !== null");
        browser.until("the question is back", "document.getElementById('principal').value === '" + ALICE
                + "' && document.querySelector('#context .value')?.value === 'us-east-1'");
    }

    private void missingKey() throws Exception {
        browser.value("document.getElementById('action').select()");
        browser.type("codewhisperer:GetCustomization");
        browser.press("Tab");
        browser.type("arn:aws:codewhisperer:us-east-1:111122223333:customization/one");
        browser.press("Enter");
        browser.until("a missing key", "document.querySelector('.missing button') !== null");
        holds("a key is missing", "✕ Denied: nothing allows it", browser.value(WORD));
        browser.value("document.querySelector('.missing button').focus()");
        browser.press("Enter");
        browser.until("the key is begun", "document.activeElement.classList.contains('value')");
        holds("its name", "aws:ResourceTag/team", browser.value("[...document.querySelectorAll('#context .name')].at(-1).value"));
        browser.type("payments");
        browser.press("Enter");
        browser.until("the key was enough", DECIDED + " && " + WORD + " === '✓ Allowed'");
        has("the key's statement", "own-team-customizations [UseCustomizationsOfOwnTeam] 4:5", browser.value("document.getElementById('result').textContent"));
    }

    private String ask(String url, String question) throws Exception {
        browser.open(url + "#" + java.net.URLEncoder.encode(question, java.nio.charset.StandardCharsets.UTF_8).replace("+", "%20"));
        browser.until("the question", "document.getElementById('principal').value !== ''");
        browser.value("document.getElementById('ask').click()");
        browser.until("a decision", DECIDED);
        return browser.value(WORD);
    }

    private static String question(String principal, String action, String context) {
        return about("*", principal, action, context);
    }

    private static String about(String resource, String principal, String action, String context) {
        return "{\"asks\":{\"principal\":" + Browser.quoted(principal) + ",\"action\":" + Browser.quoted(action)
                + ",\"resource\":" + Browser.quoted(resource) + "},\"context\":[" + context + "]}";
    }

    private void layers(String url) throws Exception {
        holds("no such plugin", "✕ Denied: nothing allows it", ask(url, question(ALICE, "q:CreatePlugin", "[\"aws:RequestedRegion\",\"us-east-1\"]")));
        holds("nine layers", "9", browser.value("document.querySelectorAll('.layers > li').length"));
        has("layers say so", "says nothing", browser.value("document.querySelector('.layers').innerText"));
        has("near misses", "q:StartConversation", browser.value("document.querySelector('.misses').innerText"));
        holds("long lists are folded", "document.querySelector('.misses details summary').textContent.startsWith('and ')");
        browser.value("document.querySelector('.misses .statement > button').focus()");
        browser.press("Enter");
        browser.until("a near miss opens", "document.querySelector('.misses mark') !== null");
        holds("it is said to be open", "document.querySelector('.misses .statement > button').ariaExpanded === 'true'");
        picture("near-misses");
        browser.press("Enter");
        browser.until("and closes", "document.querySelector('.misses mark') === null");
        ask(url, question(ALICE, "nonsense", ""));
        has("a question that is none", "Not decided", browser.value("document.getElementById('result').innerText"));
        ask(url, question(ALICE, "q:SendMessage", "[\"a:b\",\"1\"],[\"A:B\",\"2\"]"));
        has("a key given twice", "given twice", browser.value("document.getElementById('result').innerText"));
        ask(url, question(ALICE, "q:SendMessage", "[\"aws:TagKeys\",[\"team\",\"stage\"]]"));
        holds("several values, one a line", "document.querySelector('#context textarea').value === 'team\\nstage'");
        String session = "{\"asks\":{\"principal\":\"arn:aws:sts::111122223333:assumed-role/none/s\",\"action\":\"q:SendMessage\","
                + "\"resource\":\"*\",\"sessionPolicies\":[" + Browser.quoted("""
                {"Version": "2012-10-17",
                 "Statement": [{"Effect": "Deny", "Action": "q:*", "Resource": "*"}]}""")
                + "]},\"context\":[[\"aws:RequestedRegion\",\"us-east-1\"]]}";
        holds("a session policy denies", "✕ Denied explicitly", ask(url, session));
        browser.until("its text", "document.querySelector('#result mark') !== null");
        has("the session policy's own text", "q:*", browser.value("document.querySelector('#result mark').textContent"));
    }

    private void sizesAndColours(String url) throws Exception {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.scheme(scheme);
            for (int width : new int[] {1280, 768, 320}) {
                browser.size(width, 900);
                ask(url, question(ALICE, "q:SendMessage", "[\"aws:RequestedRegion\",\"us-east-1\"]"));
                browser.until("the statement", "document.querySelector('#result mark') !== null");
                holds(width + " wide: nothing sticks out", "document.documentElement.scrollWidth <= innerWidth");
                picture(scheme + "-" + width);
            }
        }
        browser.scheme("light");
        browser.size(1280, 900);
    }

    /** Every text against what is behind it: 4.5 to 1 (WCAG 2, level AA). */
    private void contrast(String url) throws Exception {
        for (String scheme : new String[] {"light", "dark"}) {
            browser.scheme(scheme);
            for (String action : new String[] {"q:SendMessage", "q:CreatePlugin", "organizations:LeaveOrganization"}) {
                ask(url, question(ALICE, action, "[\"aws:RequestedRegion\",\"us-east-1\"]"));
                browser.value("Promise.all([...document.querySelectorAll('#result .statement > button[aria-expanded=false]')].map(b => b.click()))");
                browser.until("the texts", "document.querySelector('#result mark') !== null");
                holds(scheme + ", " + action + ": texts that can't be read", "", browser.value("""
                        (() => {
                          const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
                          const light = (colour) => {
                            const [r, g, b] = numbers(colour).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
                            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                          };
                          const behind = (e) => {
                            for (let at = e; at; at = at.parentElement) {
                              const colour = getComputedStyle(at).backgroundColor;
                              if ((numbers(colour)[3] ?? 1) > 0) return colour;
                            }
                            return 'rgb(255, 255, 255)';
                          };
                          const bad = [];
                          for (const e of document.querySelectorAll('body *')) {
                            if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
                            if (e.checkVisibility && !e.checkVisibility()) continue;
                            const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
                            const ratio = (a + 0.05) / (b + 0.05);
                            if (ratio < 4.5) bad.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
                          }
                          return [...new Set(bad)].join(', ');
                        })()"""));
            }
        }
        browser.scheme("light");
    }

    /** Names, texts and values that would like to be markup. */
    private void hostile(String url) throws Exception {
        String markup = "<img src=x onerror=\"window.hit=1\">";
        String mallory = "arn:aws:iam::111122223333:user/mallory";
        holds("allowed by a hostile policy", "✓ Allowed", ask(url, about("arn:aws:s3:::models", mallory, "s3:ListBucket", "[\"aws:UserAgent\"," + Browser.quoted(markup) + "]")));
        browser.until("its text", "document.querySelector('#result mark') !== null");
        String text = browser.value("document.getElementById('result').textContent");
        has("policy name as text", "Allow " + markup, text);
        has("Sid as text", "[sid " + markup + "]", text);
        has("text of the policy as text", "\"Sid\": \"sid <img src=x onerror=\\\"window.hit=1\\\">\"", text);
        holds("the value as text", markup, browser.value("document.querySelector('#context .value').value"));
        holds("denied with a hostile value", "✕ Denied: nothing allows it", ask(url, about("arn:aws:s3:::models", mallory, "s3:ListBucket", "[\"aws:UserAgent\",\"<script>window.hit=1</script>\"]")));
        text = browser.value("document.getElementById('result').textContent");
        has("wanted value as text", markup, text);
        has("seen value as text", "<script>window.hit=1</script>", text);
        ask(url, question("<svg onload=window.hit=1>" + mallory, markup, "[" + Browser.quoted(markup) + ",\"</textarea>" + "<script>window.hit=1</script>\"]"));
        Thread.sleep(300);
        holds("no markup was made", "document.querySelectorAll('main img, main script, main svg').length === 0");
        holds("nothing ran", "window.hit === undefined");
        holds("markup can't be made by mistake", "(() => { try { document.body.innerHTML = '<p>'; return false; } catch (e) { return e instanceof TypeError; } })()");
        // The browser tells of the attempt and of questions that were refused, as it should.
        browser.complaints.removeIf(complaint -> complaint.contains("TrustedHTML") || complaint.contains("status of 400"));
    }

    private void image(String url) throws Exception {
        holds("an image decides", "✓ Allowed", ask(url, question(ALICE, "q:SendMessage", "[\"aws:RequestedRegion\",\"us-east-1\"]")));
        browser.until("there is no text", "document.querySelector('#result .notice') !== null");
        has("it says so", "image, which holds no texts", browser.value("document.querySelector('#result .notice').textContent"));
        // Said by the browser of the text that isn't there.
        browser.complaints.removeIf(complaint -> complaint.contains("404"));
        picture("image");
    }

    private void strangers(String... urls) {
        List<String> others = new ArrayList<>();
        for (String request : browser.requests) {
            if (!request.equals("about:blank") && List.of(urls).stream().noneMatch(request::startsWith)) {
                others.add(request);
            }
        }
        holds("nobody else is asked", "[]", others.toString());
    }

    private void silence(String url, long pid) throws Exception {
        ask(url, question(ALICE, "q:SendMessage", ""));
        ProcessHandle sidecar = ProcessHandle.of(pid).orElseThrow();
        sidecar.destroy();
        sidecar.onExit().get(20, java.util.concurrent.TimeUnit.SECONDS);
        browser.value("document.getElementById('ask').click()");
        browser.until("silence is told", "document.getElementById('result').textContent.includes('does not answer')");
        holds("silence is a no", "Not decided, so denied", browser.value(WORD));
    }

    private void picture(String name) throws Exception {
        if (pictures != null) {
            Files.createDirectories(pictures);
            browser.picture(pictures.resolve(name + ".png"));
        }
    }
}
