package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.syntax.AddressText.Address;
import dev.portcullis.syntax.AddressText.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    private static Block block(String text) {
        return AddressText.block(text).orElseThrow();
    }

    private static Address address(String text) {
        return AddressText.address(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.255, true", // L108
        "203.0.113.0/24, 203.0.114.0, false",
        "203.0.113.7, 203.0.113.7, true", // L109
        "203.0.113.7, 203.0.113.8, false",
        "203.0.113.77/24, 203.0.113.1, true", // L110: host bits of IPv4 are ignored
        "192.0.2.0/31, 192.0.2.1, true",
        "192.0.2.0/31, 192.0.2.2, false",
        "192.0.2.0/0, 203.0.113.1, true",
        "192.0.2.0/0, 2001:db8::1, false", // L112
        "192.000.002.0/24, 192.0.2.1, true", // L111
        "192.0.2.0/024, 192.0.2.1, true",
        "192.0.2.0/+24, 192.0.2.1, true",
        "192.0.2.0/24, 192.000.002.1, true",
        "192.0.2.0/24, ::ffff:192.0.2.1, true", // L112: a mapped request address is the IPv4 one
        "192.0.2.0/24, ::FFFF:c000:201, true",
        "192.0.2.0/24, 0:0:0:0:0:ffff:c000:0201, true",
        "::ffff:192.0.2.0/120, 192.0.2.1, false", // L112: a mapped policy value matches nothing
        "::ffff:192.0.2.0/120, ::ffff:192.0.2.1, false",
        "::ffff:c000:200/120, ::ffff:c000:201, false",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1, false",
        "::/0, ::ffff:192.0.2.1, false",
        "::/0, 192.0.2.1, false",
        "::/0, 2001:db8::1, true",
        "::/0, :::, true",
        "2001:db8::1, 2001:db8::1, true", // L109: /128
        "2001:db8::1, 2001:db8::2, false",
        "2001:db8::/64, 2001:db8:0:0:ffff:ffff:ffff:ffff, true",
        "2001:db8::/64, 2001:db8:0:1::, false",
        "2001:db8::/32, 2001:db8:ffff::, true",
        "2001:db8::5/64, 2001:db8::5, false", // L110: host bits of IPv6 match nothing
        "2001:db8::5/64, 2001:db8::1, false",
        "2001:db8::1/0, 2001:db8::1, false",
        "2001:db8::4/127, 2001:db8::5, true",
        "2001:db8::4/127, 2001:db8::6, false",
        "2001:DB8::/064, 2001:0db8:0000:0000:0000:0000:0000:0001, true",
        "2001:db8::1/128, 2001:db8:::1, true", // L111: lenient forms
        "2001:db8:::1/128, 2001:db8::1, true",
        "2001:db8::1/128, 2001:db8::1:, true",
        "2001:db8::1:/128, 2001:db8::1, true",
        "2001:db8::1/128, :2001:db8::1, false",
        "0:2001:db8::1/128, :2001:db8::1, true",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8:, true",
        "2001:db8::1/128, 02001:00db8::1, true",
        "192.0.2.0/24, 0:0:0:0:0:ffff:192.0.2.1, true",
        "192.0.2.0/24, :::ffff:192.0.2.1, true"
    })
    void contains_addressAndBlock_asLiveAws(String block, String address, boolean expected) {
        assertThat(block(block).contains(address(address))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not-an-ip",
                "192.0.2.1/32",
                "192.0.513",
                "3221225985",
                "192.0.2",
                "192.0.2.1.1",
                "192.0.2.256",
                "192.0.2.",
                "192.0.2.-1",
                "192.0.2.+1",
                "2001::db8::1",
                "2001::db8:::1",
                "2001:db8::::1",
                "2001:db8::192.0.2.1",
                "::192.0.2.1",
                "::ffff:::192.0.2.1",
                "2001:db8",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "g::",
                "12345::",
                "1::192.0.2.1",
                "::ffff:192.0.2.1:",
                "::ffff:192.0.2",
                "2001:db8::1%eth0",
                "[::1]",
                " 192.0.2.1",
                "::\uFF11"
            })
    void address_unreadable_isEmpty(String text) { // L88, L111
        assertThat(AddressText.address(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.0/33", "2001:db8::/129", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/x", "192.0.2.0/24/24",
                "::192.0.2.0/120", "2001:db8::192.0.2.0/120", "/24", "not-an-ip", "192.0.2.*", "${aws:SourceIp}"
            })
    void block_unreadable_isEmpty(String text) { // L88, L111, L114
        assertThat(AddressText.block(text)).isEmpty();
    }

    @Test
    void hasHostBits_bitsBeyondPrefix_areSeen() {
        assertThat(block("10.0.0.0/8").hasHostBits()).isFalse();
        assertThat(block("10.0.0.1/8").hasHostBits()).isTrue();
        assertThat(block("0.0.0.0/0").hasHostBits()).isFalse();
        assertThat(block("0.0.0.1/0").hasHostBits()).isTrue();
        assertThat(block("2001:db8::/32").hasHostBits()).isFalse();
        assertThat(block("2001:db8:1::/32").hasHostBits()).isTrue();
        assertThat(block("2001:db8::1/64").hasHostBits()).isTrue();
        assertThat(block("2001:db8::1").hasHostBits()).isFalse();
        assertThat(block("::1/0").hasHostBits()).isTrue();
        assertThat(block("8000::/0").hasHostBits()).isTrue();
    }

    @Test
    void network_ipv4_hasNoHostBits() {
        assertThat(block("203.0.113.77/24").network()).isEqualTo("203.0.113.0/24");
        assertThat(block("203.0.113.77/0").network()).isEqualTo("0.0.0.0/0");
        assertThat(block("203.0.113.77").network()).isEqualTo("203.0.113.77/32");
    }

    @Test
    void covers_wholeBlockInside_isTrue() {
        assertThat(block("10.0.0.0/8").covers(block("10.1.0.0/16"))).isTrue();
        assertThat(block("10.0.0.0/8").covers(block("10.0.0.0/7"))).isFalse();
        assertThat(block("10.0.0.0/8").covers(block("11.0.0.0/16"))).isFalse();
        assertThat(block("fc00::/7").covers(block("fd00::/8"))).isTrue();
        assertThat(block("fc00::/7").covers(block("10.0.0.0/8"))).isFalse();
    }
}
