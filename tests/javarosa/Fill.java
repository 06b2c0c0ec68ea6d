import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.RangeQuestion;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.ValidateOutcome;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DateTimeData;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.GeoPointData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.MultipleItemsData;
import org.javarosa.core.model.data.SelectMultiData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.TimeData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.transport.payload.ByteArrayPayload;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;

/**
 * Answers forms question by question with seeded chance, as a person with ODK Collect would, and writes what Collect would send.
 *
 * Fill LISTS ANSWERS CARELESS FORM...: ANSWERS careful answers of each XForm, then CARELESS ones that are kept although the
 * engine refuses them. Each line of the output: number of the form, "clean" or the refused path, base64 of the submission; or
 * number, "broken", what was said.
 */
public final class Fill {
    private static final int TRIES = 80;
    private static final String[] WORDS = {
        "Ana María", "a", "Ñuñoa 3°", "ana@example.org", "12", "1234", "123456", "12345678", "1234567890", "7", "0", "ABC", "AB12",
        "x < y & z", "línea 1\nlínea 2", "2024-05-06", "=1+1", "yes", "no", "3001234567", "555-5555", "uuid", "sí",
    };

    private final Random draw;
    private final boolean careless;
    private final FormEntryController controller;

    private Fill(FormDef form, long seed, boolean careless) {
        this.draw = new Random(seed);
        this.careless = careless;
        this.controller = new FormEntryController(new FormEntryModel(form));
    }

    public static void main(String[] args) throws Exception {
        Path lists = Path.of(args[0]);
        int answers = Integer.parseInt(args[1]);
        int careless = Integer.parseInt(args[2]);
        Engine.start(lists);
        for (int number = 3; number < args.length; number++) {
            byte[] xform = Files.readAllBytes(Path.of(args[number]));
            for (int seed = 0; seed < answers + careless; seed++) {
                System.out.println((number - 3) + "\t" + answer(xform, lists, seed, seed >= answers));
            }
        }
    }

    private static String answer(byte[] xform, Path lists, long seed, boolean careless) {
        try {
            FormDef form = Engine.open(xform, lists);
            new Fill(form, seed, careless).walk();
            ValidateOutcome outcome = form.validate(true);
            form.postProcessInstance();
            ByteArrayPayload sent =
                    (ByteArrayPayload) new XFormSerializingVisitor().createSerializedPayload(form.getMainInstance());
            String said = outcome == null ? "clean" : path(outcome.failedPrompt);
            return said + "\t" + Base64.getEncoder().encodeToString(sent.getPayloadStream().readAllBytes());
        } catch (Exception error) {
            String said = String.valueOf(error).replaceAll("\\s+", " ");
            return "broken\t" + Base64.getEncoder().encodeToString(said.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String path(FormIndex index) {
        TreeReference reference = index.getReference();
        return reference.genericize().toString(false);
    }

    private void walk() {
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        int event = controller.stepToNextEvent();
        int repeats = 0;
        while (event != FormEntryController.EVENT_END_OF_FORM) {
            if (event == FormEntryController.EVENT_QUESTION) {
                ask(controller.getModel().getQuestionPrompt());
            } else if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT && repeats < 12 && draw.nextInt(3) > 0) {
                repeats++;
                controller.newRepeat();
            }
            event = controller.stepToNextEvent();
        }
    }

    private void ask(FormEntryPrompt prompt) {
        if (prompt.isReadOnly() || prompt.getControlType() == Constants.CONTROL_LABEL) {
            return;
        }
        boolean mayStayEmpty = careless || !prompt.isRequired();
        if (mayStayEmpty && draw.nextInt(6) == 0) {
            controller.saveAnswer((IAnswerData) null, true);
            return;
        }
        for (int tried = 0; tried < TRIES; tried++) {
            IAnswerData data = drawn(prompt, tried);
            if (data != null && careless && draw.nextInt(4) == 0) {
                controller.saveAnswer(data, true);
                return;
            }
            if (controller.answerQuestion(data, true) == FormEntryController.ANSWER_OK) {
                return;
            }
        }
    }

    private IAnswerData drawn(FormEntryPrompt prompt, int tried) {
        switch (prompt.getControlType()) {
            case Constants.CONTROL_SELECT_ONE:
                List<SelectChoice> offered = prompt.getSelectChoices();
                return offered == null || offered.isEmpty() ? null : new SelectOneData(one(offered).selection());
            case Constants.CONTROL_SELECT_MULTI:
                return some(prompt.getSelectChoices(), false);
            case Constants.CONTROL_RANK:
                return some(prompt.getSelectChoices(), true);
            case Constants.CONTROL_TRIGGER:
                return new StringData("OK");
            case Constants.CONTROL_RANGE:
                return inRange(prompt);
            case Constants.CONTROL_INPUT:
                return typed(prompt.getDataType(), tried);
            default:
                return new StringData("file" + draw.nextInt(1000) + ".jpg");
        }
    }

    private IAnswerData typed(int type, int tried) {
        switch (type) {
            case Constants.DATATYPE_INTEGER:
                return new IntegerData(whole(tried));
            case Constants.DATATYPE_DECIMAL:
                return new DecimalData(draw.nextBoolean() ? whole(tried) : Math.round(draw.nextDouble() * 1e4) / 100.0);
            case Constants.DATATYPE_DATE:
                return new DateData(day());
            case Constants.DATATYPE_DATE_TIME:
                return new DateTimeData(new Date(day().getTime() + draw.nextInt(86_400) * 1000L));
            case Constants.DATATYPE_TIME:
                return new TimeData(new Date(day().getTime() + draw.nextInt(86_400) * 1000L));
            case Constants.DATATYPE_GEOPOINT:
                return new GeoPointData(new double[] {place(-80, 80), place(-170, 170), draw.nextInt(3000), 4.5});
            case Constants.DATATYPE_GEOTRACE:
            case Constants.DATATYPE_GEOSHAPE:
                return new StringData("4.6 -74.1 0 0; 4.7 -74.1 0 0; 4.7 -74.2 0 0; 4.6 -74.1 0 0");
            default:
                return new StringData(WORDS[draw.nextInt(WORDS.length)]);
        }
    }

    private int whole(int tried) {
        int[] most = {5, 20, 100, 1000, 3000, 100_000};
        return draw.nextInt(most[tried % most.length]) - (draw.nextInt(10) == 0 ? 3 : 0);
    }

    private double place(int least, int most) {
        return least + Math.round(draw.nextDouble() * (most - least) * 1e5) / 1e5;
    }

    private Date day() {
        LocalDate today = LocalDate.now();
        int[] spans = {30, 4000, 30_000};
        LocalDate drawn = today.minusDays(draw.nextInt(spans[draw.nextInt(3)]) - draw.nextInt(20));
        return java.sql.Timestamp.valueOf(drawn.atStartOfDay());
    }

    private IAnswerData inRange(FormEntryPrompt prompt) {
        RangeQuestion range = (RangeQuestion) prompt.getQuestion();
        BigDecimal step = range.getRangeStep().abs();
        BigDecimal low = range.getRangeStart().min(range.getRangeEnd());
        BigDecimal width = range.getRangeEnd().subtract(range.getRangeStart()).abs();
        int steps = width.divideToIntegralValue(step).intValue();
        BigDecimal value = low.add(step.multiply(BigDecimal.valueOf(draw.nextInt(steps + 1))));
        return prompt.getDataType() == Constants.DATATYPE_INTEGER
                ? new IntegerData(value.intValue())
                : new DecimalData(value.doubleValue());
    }

    private IAnswerData some(List<SelectChoice> offered, boolean all) {
        if (offered == null || offered.isEmpty()) {
            return null;
        }
        List<SelectChoice> mixed = new ArrayList<>(offered);
        Collections.shuffle(mixed, draw);
        List<Selection> taken = new ArrayList<>();
        int most = all ? mixed.size() : 1 + draw.nextInt(Math.min(4, mixed.size()));
        for (SelectChoice choice : mixed.subList(0, most)) {
            taken.add(choice.selection());
        }
        return all ? new MultipleItemsData(taken) : new SelectMultiData(taken);
    }

    private <T> T one(List<T> offered) {
        return offered.get(draw.nextInt(offered.size()));
    }
}
