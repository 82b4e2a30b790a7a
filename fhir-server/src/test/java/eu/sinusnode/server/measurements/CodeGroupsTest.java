package eu.sinusnode.server.measurements;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of operation-observation-lastn.html, and what is equal over others. */
class CodeGroupsTest {

    private final CodeGroups<String> groups = new CodeGroups<>(1);

    private void add(CodeGroups<String> to, String id, long at, String... codes) {
        to.add(Set.of(codes), new CodeGroups.Entry<>(Instant.ofEpochSecond(at), id, id));
    }

    private static List<List<String>> ids(CodeGroups<String> groups) {
        return groups.newest().stream()
                .map(group -> group.stream().map(CodeGroups.Entry::record).toList())
                .toList();
    }

    @Test
    void eachCodeIsAGroup() {
        add(groups, "1", 1, "a");
        add(groups, "2", 2, "b");
        add(groups, "3", 3, "c");

        assertThat(ids(groups)).containsExactly(List.of("3"), List.of("2"), List.of("1"));
    }

    @Test
    void aRecordOfTwoCodesMakesThemOne() {
        add(groups, "1", 1, "a");
        add(groups, "2", 2, "b");
        add(groups, "3", 0, "a", "c");

        assertThat(ids(groups)).containsExactly(List.of("2"), List.of("1"));
    }

    @Test
    void equalityIsTransitiveWhateverComesFirst() {
        add(groups, "1", 5, "a");
        add(groups, "2", 6, "b");
        add(groups, "3", 7, "c");
        add(groups, "4", 1, "a", "b");
        assertThat(ids(groups)).containsExactly(List.of("3"), List.of("2"));
        add(groups, "5", 1, "c", "b");
        assertThat(ids(groups)).containsExactly(List.of("3"));
    }

    @Test
    void aTieAtTheLastPlaceIsGivenAndOneBehindItIsNot() {
        CodeGroups<String> three = new CodeGroups<>(3);
        add(three, "1", 9, "a");
        add(three, "2", 8, "a");
        add(three, "3", 7, "a");
        add(three, "4", 7, "a");
        add(three, "5", 6, "a");

        assertThat(ids(three)).containsExactly(List.of("1", "2", "4", "3"));
    }

    @Test
    void whatComesTwiceIsThereOnce() {
        CodeGroups<String> two = new CodeGroups<>(2);
        add(two, "1", 9, "a");
        add(two, "1", 9, "b");
        add(two, "1", 9, "a", "b");

        assertThat(ids(two)).containsExactly(List.of("1"));
    }

    @Test
    void nothingNewestIsLostOfMany() {
        CodeGroups<String> two = new CodeGroups<>(2);
        for (int i = 0; i < 1_000; i++) {
            add(two, String.valueOf(i), (i * 7919L) % 1_000, i % 2 == 0 ? "even" : "odd");
        }
        add(two, "join", -1, "even", "odd");

        assertThat(two.newest().get(0))
                .extracting(entry -> entry.at().getEpochSecond())
                .containsExactly(999L, 998L);
    }
}
