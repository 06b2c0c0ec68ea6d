import java.nio.file.Files;
import java.nio.file.Path;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.instance.FormInstance;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;
import org.javarosa.model.xform.XPathReference;

/** Evaluate FORM EXPRESSIONS: what each line of the file (path, tab, expression) comes to in the form as it begins. */
public final class Evaluate {
    private Evaluate() {}

    public static void main(String[] args) throws Exception {
        Path lists = Path.of(args[0]).getParent();
        Engine.start(lists);
        FormDef form = Engine.open(Files.readAllBytes(Path.of(args[0])), lists);
        for (String line : Files.readAllLines(Path.of(args[1]))) {
            String[] parts = line.split("\t");
            System.out.println(value(form, parts[0], parts[1]).replace("\n", "\\n"));
        }
    }

    private static String value(FormDef form, String path, String expression) {
        try {
            FormInstance answer = form.getMainInstance();
            TreeReference where = XPathReference.getPathExpr(path).getReference();
            EvaluationContext context = new EvaluationContext(form.getEvaluationContext(), where);
            Object found = XPathParseTool.parseXPath(expression).eval(answer, context);
            return XPathFuncExpr.toString(XPathFuncExpr.unpack(found));
        } catch (Exception error) {
            return "error: " + String.valueOf(error.getMessage()).replaceAll("\\s+", " ").strip();
        }
    }
}
