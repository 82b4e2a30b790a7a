package eu.sinusnode.analysis.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.sinusnode.analysis.flag.FlagEvents;
import eu.sinusnode.analysis.retry.TransientFailure;
import eu.sinusnode.analysis.risk.HomeBloodPressureRule;
import eu.sinusnode.analysis.risk.RiskModel;
import eu.sinusnode.analysis.watch.WatchState.Shadow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the models are watched by themselves, and what becomes of a watch that is broken off. */
class WeeklyWatchTest {

    private static final Instant START = Population.end(0);
    private static final FlagEvents QUIET = new FlagEvents(List.of(), List.of(), List.of());

    private final List<RiskModel> models = List.of(new HomeBloodPressureRule());
    private final List<String> told = new ArrayList<>();
    private final List<Instant> read = new ArrayList<>();
    private double bias;

    @TempDir
    private Path directory;

    private WatchFile file;

    @BeforeEach
    void open() throws IOException {
        file = new WatchFile(directory);
    }

    private WeeklyWatch at(Instant now) {
        return new WeeklyWatch(file, Clock.fixed(now, ZoneOffset.UTC));
    }

    private ModelWatch read(Instant end) {
        read.add(end);
        return new Population(120).week(models, end, bias, 1, QUIET);
    }

    private void tell(ModelWeek week, @Nullable Shadow shadow, @Nullable Lift lift, Instant now) {
        told.add(week.end() + (shadow == null ? "" : " in shadow"));
    }

    private List<ModelWeek> catchUp(Instant now) throws IOException {
        return at(now).catchUp(this::read, WatchLimits.STANDARD, this::tell);
    }

    private static Instant weeks(int weeks) {
        return START.plus(Duration.ofDays(7L * weeks));
    }

    @Test
    void onceAWeekAndNotBefore() throws IOException {
        assertThat(at(START).isDue()).isTrue();
        assertThat(catchUp(START)).hasSize(1);
        assertThat(at(START).isDue()).isFalse();
        assertThat(at(weeks(1).minusSeconds(1)).isDue()).isFalse();
        assertThat(catchUp(weeks(1).minusSeconds(1))).isEmpty();

        assertThat(at(weeks(1)).isDue()).isTrue();
        assertThat(catchUp(weeks(1).plusSeconds(90))).hasSize(1);

        assertThat(read).as("the weeks follow one another without a gap").containsExactly(START, weeks(1));
        assertThat(told).containsExactly(START.toString(), weeks(1).toString());
        assertThat(at(weeks(1).plusSeconds(100)).isDue()).isFalse();
    }

    /** Both begin at another hour, and one was looked at by hand in between. */
    @Test
    void twoWatchesWithStatesOfTheirOwnMeanTheSameWeeks(@TempDir Path another) throws IOException {
        Instant tuesday = START.plus(Duration.ofHours(31));
        Instant sunday = weeks(1).minusSeconds(1);
        catchUp(tuesday);
        at(tuesday.plusSeconds(60))
                .watch(tuesday.plusSeconds(60), this::read, WatchLimits.STANDARD, (week, shadow, lift, now) -> {});
        catchUp(weeks(1).plusSeconds(1));
        List<String> ofOne = toldEnds();
        told.clear();
        file = new WatchFile(another);

        catchUp(sunday);
        catchUp(weeks(2).minusSeconds(1));

        assertThat(ofOne).containsExactly(START.toString(), weeks(1).toString());
        assertThat(toldEnds()).isEqualTo(ofOne);
    }

    /** Whether it is in the shadow follows from the reference, which each watch has for itself. */
    private List<String> toldEnds() {
        return told.stream().map(one -> one.split(" ", 2)[0]).toList();
    }

    @Test
    void weeksThatWereMissedAreMadeUpForTheLatestFourOfThem() throws IOException {
        catchUp(START);
        read.clear();

        catchUp(weeks(3).plusSeconds(5));
        assertThat(read).containsExactly(weeks(1), weeks(2), weeks(3));
        read.clear();

        catchUp(weeks(30));
        assertThat(read).containsExactly(weeks(27), weeks(28), weeks(29), weeks(30));
        assertThat(at(weeks(30)).isDue()).isFalse();
    }

    @Test
    void aModelThatIsFedAnotherThingGoesIntoTheShadowByItself() throws IOException {
        catchUp(START);
        bias = 8;

        catchUp(weeks(1));

        String label = models.get(0).identity().label();
        assertThat(file.load().shadows()).containsOnlyKeys(label);
        assertThat(file.load().applied(models))
                .singleElement()
                .satisfies(model -> assertThat(model.identity().label()).endsWith(" in shadow"));
        assertThat(told).containsExactly(START.toString(), weeks(1) + " in shadow");
    }

    /** Killed, or without a server, between the conclusion and the report. */
    @Test
    void whatWasConcludedIsToldLaterAndNotConcludedAgain() throws IOException {
        assertThatThrownBy(() -> at(START).catchUp(this::read, WatchLimits.STANDARD, (week, shadow, lift, now) -> {
                    throw new TransientFailure("The server is away");
                }))
                .isInstanceOf(TransientFailure.class);
        assertThat(read).hasSize(1);
        assertThat(file.load().untold()).hasSize(1);
        assertThat(at(START.plusSeconds(60)).isDue()).isTrue();

        catchUp(START.plusSeconds(60));

        assertThat(read).as("not read again").hasSize(1);
        assertThat(told).containsExactly(START.toString());
        assertThat(file.load().untold()).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("model-watch.ndjson"))).hasSize(1);
        assertThat(at(START.plusSeconds(120)).isDue()).isFalse();
    }

    @Test
    void aReadThatFailsConcludesNothing() throws IOException {
        assertThatThrownBy(() -> at(START)
                        .catchUp(
                                end -> {
                                    throw new TransientFailure("cut off");
                                },
                                WatchLimits.STANDARD,
                                this::tell))
                .isInstanceOf(TransientFailure.class);

        assertThat(file.load()).isEqualTo(WatchState.EMPTY);
        assertThat(at(START).isDue()).isTrue();
    }

    @Test
    void anEarlierWeekThatSomebodyAsksForDoesNotSetTheTimeBack() throws IOException {
        catchUp(weeks(2));

        at(weeks(2).plusSeconds(60)).watch(weeks(1), this::read, WatchLimits.STANDARD, this::tell);

        assertThat(file.load().watched()).isEqualTo(weeks(2).toString());
        assertThat(at(weeks(2).plusSeconds(60)).isDue()).isFalse();
        assertThat(told).hasSize(2);
    }

    @Test
    void aLiftSaysWhoAsWhatAndWhy() throws IOException {
        String label = models.get(0).identity().label();
        file.save(WatchState.EMPTY.withShadow(label, START.toString(), List.of("It has drifted.")));
        Lift lift = new Lift(label, START.toString(), "Dr. Anke Vogel", "medical lead", "The cuffs were exchanged.");

        file.save(file.load().lifted(lift));

        assertThat(file.load().lifts()).containsExactly(lift);
        assertThat(file.load().lift(label)).contains(lift);
        assertThat(file.load().shadows()).isEmpty();
        for (List<String> wrong : List.of(
                List.of("", "medical lead", "The cuffs were exchanged."),
                List.of("Dr. Anke Vogel", " ", "The cuffs were exchanged."),
                List.of("Dr. Anke Vogel", "medical lead", "because"),
                List.of("Dr. Anke Vogel", "medical lead", "x".repeat(2_001)),
                List.of("Dr.\nAnke", "medical lead", "The cuffs were exchanged."))) {
            assertThatThrownBy(() -> new Lift(label, START.toString(), wrong.get(0), wrong.get(1), wrong.get(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--");
        }
    }
}
