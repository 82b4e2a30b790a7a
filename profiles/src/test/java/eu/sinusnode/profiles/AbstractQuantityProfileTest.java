package eu.sinusnode.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A profile whose Observation has one value: what is at the edge of the range is accepted, what is beyond is refused. */
abstract class AbstractQuantityProfileTest extends AbstractProfileTest {

    private final String invariant;
    private final List<Range> ranges;

    /** @param step how far beyond the edge is tried */
    record Range(String unit, double lowest, double highest, double step) {}

    /** @param invariant key of the invariant that holds the value in its range */
    AbstractQuantityProfileTest(String example, String canonical, String invariant, Range... ranges) {
        super(example, canonical);
        this.invariant = invariant;
        this.ranges = List.of(ranges);
    }

    @TestFactory
    Stream<DynamicTest> valuesAtTheEdgeAreAccepted() {
        return ranges.stream().flatMap(range -> Stream.of(range.lowest(), range.highest())
                .map(value -> DynamicTest.dynamicTest(
                        value + " " + range.unit(),
                        () -> assertThat(errors(measured(value, range.unit()))).isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> valuesBeyondTheEdgeAreRefused() {
        return ranges.stream().flatMap(range -> Stream.of(range.lowest() - range.step(), range.highest() + range.step())
                .map(value -> DynamicTest.dynamicTest(
                        value + " " + range.unit(), () -> assertThat(errorCodes(measured(value, range.unit())))
                                .containsExactly(invariant))));
    }

    final Observation measured(double value, String unit) {
        return changed(Observation.class, measurement -> measurement
                .getValueQuantity()
                .setValue(value)
                .setUnit(unit)
                .setCode(unit));
    }
}
