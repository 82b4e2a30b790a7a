package eu.sinusnode.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultTest {

    @Test
    void aFigureIsOneObjectOnOneLine() {
        assertThat(Result.besideStock("ingest", 600.4, 300.2, "Observations/s", 0.6)
                        .line())
                .isEqualTo("{\"name\":\"ingest\",\"ours\":600.4,\"stock\":300.2,\"ratio\":2.0,"
                        + "\"unit\":\"Observations/s\",\"cpuMsPerItem\":0.6}");
    }

    @Test
    void whatIsMissingIsNullAndNotNought() {
        assertThat(Result.alone("risk", 83, "s", null).line())
                .isEqualTo("{\"name\":\"risk\",\"ours\":83.0,\"stock\":null,\"ratio\":null,\"unit\":\"s\","
                        + "\"cpuMsPerItem\":null}");
    }

    @Test
    void anotherThanTheStockServerIsNotTakenForIt() {
        Result result = Result.beside("access", 900, 1000, "requests/s, ratio to the open", 1.3);

        assertThat(result.stock()).isNull();
        assertThat(result.ratio()).isEqualTo(0.9);
    }

    @Test
    void smallFiguresKeepTheirDigits() {
        assertThat(Result.alone("reminders", 64, "s", 0.0331234).cpuMsPerItem()).isEqualTo(0.033123);
    }

    @Test
    void aLineIsReadBack() {
        Result result = Result.besideStock("import", 3255, 1330, "vitals/s", 0.55);

        assertThat(Result.of(result.line())).isEqualTo(result);
    }

    @Test
    void aRateOfNothingIsNoFigure() {
        assertThatThrownBy(() -> Result.besideStock("ingest", 600, 0, "Observations/s", null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
