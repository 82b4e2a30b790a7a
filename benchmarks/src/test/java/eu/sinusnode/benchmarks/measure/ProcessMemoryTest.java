package eu.sinusnode.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void theKernelCountsInKibibytes() {
        assertThat(ProcessMemory.of(List.of("VmPeak:\t 9000 kB", "VmRSS:\t 1000000 kB", "Threads:\t4")))
                .isEqualTo(1024.0);
    }

    @Test
    void aProcessThatHasEndedHoldsNothingThatCouldBeMeasured() {
        assertThatThrownBy(() -> ProcessMemory.of(List.of("State:\tZ (zombie)")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thisProcessHoldsSome() {
        assertThat(ProcessMemory.of(ProcessHandle.current())).isGreaterThan(10);
    }
}
