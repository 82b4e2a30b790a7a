package eu.sinusnode.analysis.cli;

import eu.sinusnode.analysis.calendar.FederalState;
import eu.sinusnode.analysis.calendar.WorkingDays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** On which days the clinics that sign flags work. */
final class CalendarOptions {

    @Option(
            names = "--land",
            paramLabel = "CODE",
            converter = OfCode.class,
            description = "Land whose public holidays are no working days, e.g. DE-BY; without it, those that all of"
                    + " Germany keeps")
    private @Nullable FederalState land;

    WorkingDays workingDays() {
        return new WorkingDays(land);
    }

    static final class OfCode implements ITypeConverter<FederalState> {
        @Override
        public FederalState convert(String code) {
            try {
                return FederalState.of(code);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(String.valueOf(unknown.getMessage()));
            }
        }
    }
}
